import { formatCount } from "../format/number.js";
import { parameters } from "../url/address.js";
import { setPaused } from "./tail-bar.js";
import type { Tail } from "./use-tail.js";

/** How much was shown and missed. Its height does not change, so that the rows below stay where they are. */
export function TailStatus({ tail }: { tail: Tail }) {
  const { shown, missed, newer, connection } = tail;
  return (
    <div class="row tail-status">
      <span class="faint">
        {formatCount(shown)} shown,{" "}
        <span class={missed > 0 ? "warn" : ""}>{formatCount(missed)} missed</span>
      </span>
      <span role="status">{connection === "lost" && <b class="bad">Connection lost</b>}</span>
      {parameters.value.paused && newer > 0 && (
        <button type="button" class="pill" onClick={() => setPaused(false)}>
          {formatCount(newer)} newer
        </button>
      )}
    </div>
  );
}
