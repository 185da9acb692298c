import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Tick } from "../live/tick.js";
import type { ApiError } from "./api-error.js";
import { followAnswer } from "./follow-answer.js";

interface Answers<T> {
  /** One for each address, once all are there. */
  readonly data?: readonly T[];
  readonly error?: ApiError;
}

/** Asks several questions of the API, as `useAnswer` asks one. */
export function useAnswers<T>(
  paths: readonly string[],
  concerns: (tick: Tick) => boolean,
): ReadonlySignal<Answers<T>> {
  const answers = useSignal<Answers<T>>({});
  useEffect(() => {
    const found: (T | undefined)[] = paths.map(() => undefined);
    const ends = paths.map((path, at) =>
      followAnswer<T>(path, {
        concerns,
        onData: (data) => {
          found[at] = data;
          if (found.every((each) => each !== undefined)) answers.value = { data: found as T[] };
        },
        onError: (error) => (answers.value = { error }),
      }),
    );
    return () => ends.forEach((end) => end());
  }, [paths.join("\n")]);
  return answers;
}
