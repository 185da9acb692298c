import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ApiError } from "./api-error.js";
import { ask } from "./ask.js";
import type { Answer } from "./use-answer.js";

/** Asks a question with a body, once: its answer stays while a person reads it, whatever arrives. */
export function useAsked<T>(path: string, body: unknown): ReadonlySignal<Answer<T>> {
  const answer = useSignal<Answer<T>>({ isLoading: true });
  const text = JSON.stringify(body);
  useEffect(() => {
    const ending = new AbortController();
    answer.value = { isLoading: true };
    const headers = { "content-type": "application/json" };
    ask<T>(path, { method: "POST", headers, body: text, signal: ending.signal }).then(
      (data) => (answer.value = { data, path, isLoading: false }),
      (error: unknown) => {
        if (ending.signal.aborted) return;
        const known = error instanceof ApiError ? error : new ApiError(String(error), "internal");
        answer.value = { error: known, isLoading: false };
      },
    );
    return () => ending.abort();
  }, [path, text]);
  return answer;
}
