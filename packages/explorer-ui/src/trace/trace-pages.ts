import { useSignal } from "@preact/signals";
import type { TraceList, TraceSummary } from "@spanmeter/explorer/model/trace-list";
import { useEffect } from "preact/hooks";
import { ApiError } from "../api/api-error.js";
import { apiPath, ask, type Query } from "../api/ask.js";
import { followAnswer } from "../api/follow-answer.js";

const PAGE = 100;

interface State {
  /** The question that is answered. */
  readonly path: string;
  readonly traces: readonly TraceSummary[] | undefined;
  /** The cursor of the next page; absent after the last one. */
  readonly next: string | undefined;
  /** Unit of the metric that was asked for. */
  readonly unit: string | undefined;
  readonly error: ApiError | undefined;
  /** Whether newer items arrived, which the list does not show while further pages of it are read. */
  readonly hasNewer: boolean;
}

/** The traces of a question, of which further pages are read. */
export interface TracePages extends State {
  /** Reads the next page, if there is one. */
  readonly readMore: () => void;
  /** Begins again with the newest. */
  readonly refresh: () => void;
  /** Changes when the list begins again. */
  readonly beginning: string;
}

const begin = (path: string): State => ({
  path,
  traces: undefined,
  next: undefined,
  unit: undefined,
  error: undefined,
  hasNewer: false,
});

/**
 * Asks for the first traces, and again when items arrive. As soon as a further page is read, the list stays as it was at the
 * first page: the cursor continues that one, so that nothing is missing or twice.
 */
export function useTracePages(query: Query): TracePages {
  const path = apiPath(["traces"], { ...query, limit: PAGE });
  const round = useSignal(0);
  const state = useSignal<State>(begin(path));
  const isPinned = useSignal(false);
  const isReading = useSignal(false);

  const set = (changes: Partial<State>): void =>
    void (state.value = { ...state.peek(), ...changes });

  useEffect(() => {
    isPinned.value = false;
    isReading.value = false;
    set({ path, next: undefined, error: undefined, hasNewer: false });
    return followAnswer<TraceList>(path, {
      concerns: () => {
        if (isPinned.peek() && !state.peek().hasNewer) set({ hasNewer: true });
        return !isPinned.peek();
      },
      onData: ({ traces, next, metric }) => {
        if (!isPinned.peek()) set({ traces, next, unit: metric?.unit, error: undefined });
      },
      // Another question has no answer: the one before would be mistaken for it.
      onError: (error) => set(error.code === "unreachable" ? { error } : { ...begin(path), error }),
    });
  }, [path, round.value]);

  async function readMore(): Promise<void> {
    const { next, traces, path: asked } = state.peek();
    if (next === undefined || isReading.peek()) return;
    isReading.value = true;
    isPinned.value = true;
    try {
      const page = await ask<TraceList>(
        apiPath(["traces"], { ...query, limit: PAGE, cursor: next }),
      );
      const now = state.peek();
      // Meanwhile there may be another question, or the list may have begun again.
      if (now.path === asked && now.next === next)
        set({ traces: [...(traces ?? []), ...page.traces], next: page.next, error: undefined });
    } catch (error) {
      set({ error: error instanceof ApiError ? error : new ApiError(String(error), "internal") });
    }
    isReading.value = false;
  }

  return {
    ...state.value,
    readMore: () => void readMore(),
    refresh: () => void round.value++,
    beginning: `${round.value} ${path}`,
  };
}
