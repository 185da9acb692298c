import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { apiPath } from "../api/ask.js";
import { parameters } from "../url/address.js";
import { collectFrames } from "./collect-frames.js";
import { matchItem, streamQuery, type TailFilter } from "./tail-filter.js";
import { add, greet, NOTHING, restart, wait, type TailState } from "./tail-state.js";
import { readTail } from "./tail-stream.js";

/** The items of the stream, and the state of the connection. */
export interface Tail extends TailState {
  readonly connection: "connecting" | "live" | "lost";
}

/** Follows the items that match a filter; while the address says `paused`, counts them. */
export function useTail(filter: TailFilter): Tail {
  const isPaused = parameters.value.paused;
  const state = useSignal(NOTHING);
  const connection = useSignal<Tail["connection"]>("connecting");

  useEffect(() => {
    const matches = matchItem(filter);
    const take = isPaused ? wait : add;
    const update = (next: TailState): void => void (state.value = next);
    const frames = collectFrames(function onFrame(arrival) {
      // The person has paused since: the list stays as it was seen, and the next stream sends these again.
      if (parameters.peek().paused === isPaused) update(take(state.peek(), arrival));
    });
    const end = readTail(
      // What has arrived since the list was paused is sent again, so that it need not be kept here.
      function addressOf() {
        frames.clear();
        update(restart(state.peek(), matches));
        const after = state.peek().shownTo;
        return apiPath(["stream"], { mode: "items", ...streamQuery(filter), after });
      },
      {
        onOpen(seq) {
          update(greet(state.peek(), seq));
          connection.value = "live";
        },
        onItems: (items, id) => frames.push({ items: items.filter(matches), missed: 0, to: id }),
        onMissed: (missed) => frames.push({ items: [], missed, to: undefined }),
        onLost: () => (connection.value = "lost"),
      },
    );
    return () => {
      end();
      frames.clear();
    };
  }, [filter.kind.join(), filter.q, isPaused]);

  return { ...state.value, connection: connection.value };
}
