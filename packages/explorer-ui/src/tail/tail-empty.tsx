import { CopyText } from "../copy/copy-text.js";
import { Empty, Loading } from "../parts/state.js";
import { change, parameters } from "../url/address.js";
import { setPaused } from "./tail-bar.js";
import type { Tail } from "./use-tail.js";

/** Says why the list is empty, and what to do. */
export function TailEmpty({ connection }: { connection: Tail["connection"] }) {
  const { kind, q, paused } = parameters.value;
  if (connection === "lost")
    return (
      <Empty title="No connection">
        <p>
          Start the explorer again with <code>npx spanmeter explorer</code>: this page continues by
          itself.
        </p>
      </Empty>
    );
  if (connection === "connecting") return <Loading what="items" />;
  if (paused)
    return (
      <Empty title="Paused">
        <p>Items that arrive are counted, and shown when the list goes on.</p>
        <p>
          <button type="button" onClick={() => setPaused(false)}>
            Go on
          </button>
        </p>
      </Empty>
    );
  if (kind.length > 0 || q !== "")
    return (
      <Empty title="Nothing that matches arrives yet">
        <p>
          <button type="button" onClick={() => change({ kind: [], q: "" })}>
            Show all items
          </button>
        </p>
      </Empty>
    );
  return (
    <Empty title="Nothing arrives yet">
      <p>Let an application send to this address. Its items appear here by themselves.</p>
      <CopyText
        label="The start of an application that has a Sentry SDK"
        text={`Sentry.init({ dsn: "http://public@${location.host}/1", tracesSampleRate: 1 });`}
      />
    </Empty>
  );
}
