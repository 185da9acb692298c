import { setPaused, TailBar } from "../tail/tail-bar.js";
import { TailEmpty } from "../tail/tail-empty.js";
import { TailStatus } from "../tail/tail-status.js";
import { TailTable } from "../tail/tail-table.js";
import { useSettled } from "../tail/use-settled.js";
import { useTail } from "../tail/use-tail.js";
import { parameters } from "../url/address.js";

const TYPING_MS = 200;

/** All items, as they arrive. */
export function Live() {
  const { kind, q, paused } = parameters.value;
  const tail = useTail({ kind, q: useSettled(q, TYPING_MS) });
  return (
    <div class="live">
      <h1>Live</h1>
      <TailBar tail={tail} />
      <TailStatus tail={tail} />
      {tail.items.length === 0 ? (
        <TailEmpty connection={tail.connection} />
      ) : (
        <TailTable items={tail.items} isPaused={paused} onPause={() => setPaused(true)} />
      )}
    </div>
  );
}
