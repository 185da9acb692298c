import { createSentryReader } from "@spanmeter/core";
import type { Flat } from "@spanmeter/core";

/** The part of Sentry's Replay integration that tells what is being recorded; the same in 8 to 11. */
interface Replay {
  getReplayId(onlyIfSampled: boolean): string | undefined;
  getRecordingMode(): string | undefined;
}

/** Links a metric to the Session Replay that a Sentry SDK on the page is recording. */
export function replayAttributes(global: object): () => Flat | undefined {
  const sentry = createSentryReader(global);
  return () => {
    const client = sentry.scopes(undefined).slice(-1)[0]?.getClient?.() as SentryClient | undefined;
    const replay = client?.getIntegrationByName?.("Replay");
    const id = replay?.getReplayId(true);
    if (!replay || !id) return undefined;
    return replay.getRecordingMode() === "buffer"
      ? ["sentry.replay_id", id, "sentry._internal.replay_is_buffering", true]
      : ["sentry.replay_id", id];
  };
}

interface SentryClient {
  getIntegrationByName?(name: string): Replay | undefined;
}
