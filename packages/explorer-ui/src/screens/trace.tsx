import { CopyButton } from "../trace/copy-button.js";
import { TraceContent } from "../trace/trace-content.js";
import { addressOf, parameters } from "../url/address.js";

/** A trace alone. */
export function TraceScreen({ id }: { id: string }) {
  return (
    <div class="trace-alone">
      <div class="row">
        <h1>
          Trace <span class="mono name">{id}</span>
        </h1>
        <CopyButton text={id}>Copy trace id</CopyButton>
        <a href={addressOf({ at: "traces" })}>All traces</a>
      </div>
      <TraceContent id={id} takesFocus={() => parameters.value.span !== undefined} />
    </div>
  );
}
