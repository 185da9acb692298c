import { ApiError } from "./api-error.js";
import { ask } from "./ask.js";
import { onTick, type Tick } from "../live/tick.js";

/** An answer is asked for again at most so often, in milliseconds. */
const PAUSE_MS = 1_000;

interface Follower<T> {
  readonly concerns?: ((tick: Tick) => boolean) | undefined;
  onData(data: T): void;
  onError(error: ApiError): void;
}

/** Asks, and asks again after each tick that concerns the answer. One request at a time; returns how to end it. */
export function followAnswer<T>(path: string, follower: Follower<T>): () => void {
  const ending = new AbortController();
  let isAsking = false;
  let isStale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function askNow(): Promise<void> {
    timer = undefined;
    isStale = false;
    isAsking = true;
    const startedAt = performance.now();
    try {
      follower.onData(await ask<T>(path, { signal: ending.signal }));
    } catch (error) {
      if (ending.signal.aborted) return;
      follower.onError(error instanceof ApiError ? error : new ApiError(String(error), "internal"));
    }
    isAsking = false;
    if (ending.signal.aborted) return;
    // A slow answer has earned a pause as long as it took.
    const tookMs = performance.now() - startedAt;
    timer = setTimeout(onPauseEnd, Math.max(PAUSE_MS - tookMs, tookMs, 0));
  }

  function onPauseEnd(): void {
    timer = undefined;
    if (isStale) void askNow();
  }

  const stop = onTick((tick) => {
    if (follower.concerns && !follower.concerns(tick)) return;
    isStale = true;
    if (!isAsking && timer === undefined) void askNow();
  });
  void askNow();
  return () => {
    stop();
    clearTimeout(timer);
    ending.abort();
  };
}
