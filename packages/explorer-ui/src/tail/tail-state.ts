import type { Item } from "@spanmeter/explorer/model/item";

/** Everything that has arrived. */
export interface TailState {
  /** The items in the list, the newest last; never more than `MAX_ITEMS`. */
  readonly items: readonly Item[];
  /** How many items have been put into the list. */
  readonly shown: number;
  /** How many items the explorer did not send, because they arrived too fast or were removed. */
  readonly missed: number;
  /** How many items are waited with while the list is paused. */
  readonly newer: number;
  /** Id of the item up to which the list is complete; absent before the stream is open. */
  readonly shownTo: string | undefined;
}

/** Items since the last frame. */
export interface Arrival {
  readonly items: readonly Item[];
  readonly missed: number;
  /** Id of the last event. */
  readonly to: string | undefined;
}

/** The list is a tail: what is older is in the store. */
export const MAX_ITEMS = 5_000;

/** Nothing has arrived. */
export const NOTHING: TailState = {
  items: [],
  shown: 0,
  missed: 0,
  newer: 0,
  shownTo: undefined,
};

/** Puts items into the list. */
export function add(state: TailState, { items, missed, to }: Arrival): TailState {
  return {
    ...state,
    items: [...state.items, ...items].slice(-MAX_ITEMS),
    shown: state.shown + items.length,
    missed: state.missed + missed,
    shownTo: to ?? state.shownTo,
  };
}

/** Counts items that are put into the list later: the explorer sends them again. */
export const wait = (state: TailState, { items, missed }: Arrival): TailState => ({
  ...state,
  newer: state.newer + items.length + missed,
});

/** Begins to read the stream where the list ends, with the items that still match. */
export const restart = (state: TailState, matches: (item: Item) => boolean): TailState => ({
  ...state,
  items: state.items.every(matches) ? state.items : state.items.filter(matches),
  newer: 0,
});

/**
 * Takes note of the newest item of the explorer. One that has fewer items than were read is another, started again
 * without the old ones: what it received before this page came back was missed.
 */
export function greet(state: TailState, seq: string): TailState {
  if (state.shownTo === undefined) return { ...state, shownTo: seq };
  if (BigInt(seq) >= BigInt(state.shownTo)) return state;
  return { ...state, shownTo: seq, missed: state.missed + Number(seq) };
}
