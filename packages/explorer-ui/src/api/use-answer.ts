import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Tick } from "../live/tick.js";
import type { ApiError } from "./api-error.js";
import { followAnswer } from "./follow-answer.js";

/** The answer to a question, as far as it is known. */
export interface Answer<T> {
  /** The newest answer, perhaps to the question before, until the next one is there. */
  readonly data?: T;
  /** Why there is no newer answer. */
  readonly error?: ApiError;
  /** The address that `data` answers. */
  readonly path?: string;
  readonly isLoading: boolean;
}

/**
 * Asks a question of the API, and again when items arrive that may change the answer.
 * @param path - its address; `undefined` asks nothing
 * @param concerns - whether a tick may change the answer; without it every tick does
 */
export function useAnswer<T>(
  path: string | undefined,
  concerns?: (tick: Tick) => boolean,
): ReadonlySignal<Answer<T>> {
  const answer = useSignal<Answer<T>>({ isLoading: path !== undefined });
  useEffect(() => {
    if (path === undefined) {
      answer.value = { isLoading: false };
      return undefined;
    }
    answer.value = { ...answer.peek(), isLoading: true };
    return followAnswer<T>(path, {
      concerns,
      onData: (data) => (answer.value = { data, path, isLoading: false }),
      onError: (error) => {
        const before = answer.peek();
        // The answer to another question would be mistaken for this one's.
        const isKept = error.code === "unreachable" || before.path === path;
        answer.value = { ...(isKept && before), error, isLoading: false };
      },
    });
  }, [path]);
  return answer;
}
