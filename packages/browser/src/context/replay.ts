import type { ScopeLike } from "@spanmeter/core";

/** The part of Sentry's Replay integration that tells what is being recorded; the same in 8 to 11. */
interface Replay {
  getReplayId(onlyIfSampled: boolean): string | undefined;
  getRecordingMode(): string | undefined;
}

interface Scope extends ScopeLike {
  getClient?(): { getIntegrationByName?(name: string): Replay | undefined } | undefined;
}

/** Links a metric to the Session Replay that a Sentry SDK on the page is recording. */
export function replayAttributes(scope?: Scope): object | undefined {
  const replay = scope?.getClient?.()?.getIntegrationByName?.("Replay");
  const id = replay?.getReplayId(true);
  if (!id) return undefined;
  return {
    "sentry.replay_id": id,
    "sentry._internal.replay_is_buffering": replay?.getRecordingMode() === "buffer" || undefined,
  };
}
