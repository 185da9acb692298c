import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ApiError } from "../api/api-error.js";
import { apiPath, ask, type Query } from "../api/ask.js";
import { onTick, type Tick } from "../live/tick.js";

const PAGE = 100;

interface Page {
  /** The cursor of the next page; absent after the last one. */
  readonly next?: string;
}

interface State<P> {
  readonly path: string;
  /** The answers so far; none until the first one is there. */
  readonly pages: readonly P[];
  readonly error: ApiError | undefined;
  /** How many items arrived that may belong to the list, which stays as it is while one reads it. */
  readonly newer: number;
}

/** The answers to a question whose rows come in pages. */
export interface Pages<P> extends State<P> {
  readonly hasMore: boolean;
  /** Reads the next page, if there is one. */
  readonly readMore: () => void;
  /** Begins again, with what has arrived. */
  readonly refresh: () => void;
}

interface Question {
  readonly parts: readonly string[];
  readonly query: Query;
  /** How many new rows a tick stands for. */
  readonly newRows: (tick: Tick) => number;
}

/** Asks for the first page, and for further ones on demand: nothing is missing or twice, whatever arrives meanwhile. */
export function usePages<P extends Page>({ parts, query, newRows }: Question): Pages<P> {
  const path = apiPath(parts, { ...query, limit: PAGE });
  const round = useSignal(0);
  const state = useSignal<State<P>>({ path, pages: [], error: undefined, newer: 0 });
  const isReading = useSignal(false);
  const next = state.value.pages.at(-1)?.next;

  const isCurrent = (from: State<P>): boolean =>
    state.peek().path === from.path &&
    (from.pages.length === 0 || state.peek().pages === from.pages);

  async function read(from: State<P>, address: string, signal?: AbortSignal): Promise<void> {
    isReading.value = true;
    try {
      const page = await ask<P>(address, signal ? { signal } : {});
      // Meanwhile there may be another question, or the list may have begun again.
      if (isCurrent(from) && !signal?.aborted)
        state.value = { ...state.peek(), pages: [...from.pages, page], error: undefined };
    } catch (reason) {
      if (signal?.aborted || !isCurrent(from)) return;
      const error = reason instanceof ApiError ? reason : new ApiError(String(reason), "internal");
      state.value = { ...state.peek(), error };
    }
    isReading.value = false;
  }

  useEffect(() => {
    const ending = new AbortController();
    const first: State<P> = { path, pages: [], error: undefined, newer: 0 };
    // The rows of the same question stay until the newer ones are there.
    state.value = state.peek().path === path ? { ...state.peek(), newer: 0 } : first;
    void read(first, path, ending.signal);
    const stop = onTick((tick) => {
      const { error, pages, newer } = state.peek();
      const isLost = error?.code === "unreachable" && pages.length === 0;
      if (isLost && !isReading.peek()) void read(first, path, ending.signal);
      else state.value = { ...state.peek(), newer: newer + newRows(tick) };
    });
    return () => {
      stop();
      ending.abort();
    };
  }, [path, round.value]);

  return {
    ...state.value,
    hasMore: next !== undefined,
    readMore: () => {
      if (next === undefined || isReading.peek()) return;
      void read(state.peek(), apiPath(parts, { ...query, limit: PAGE, cursor: next }));
    },
    refresh: () => void round.value++,
  };
}
