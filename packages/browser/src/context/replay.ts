import { createSentryReader } from "@spanmeter/core";
import type { Bag } from "@spanmeter/core";

/** The part of Sentry's Replay integration that tells what is being recorded; the same in 8 to 11. */
interface Replay {
  getReplayId(onlyIfSampled: boolean): string | undefined;
  getRecordingMode(): string | undefined;
}

/** Links a metric to the Session Replay that a Sentry SDK on the page is recording. */
export function replayAttributes(global: object): () => Bag | undefined {
  const sentry = createSentryReader(global);
  return () => {
    const client = sentry.client() as SentryClient | undefined;
    const replay = client?.getIntegrationByName?.("Replay");
    const id = replay?.getReplayId(true);
    if (!id) return undefined;
    return {
      "sentry.replay_id": id,
      ...(replay?.getRecordingMode() === "buffer" && {
        "sentry._internal.replay_is_buffering": true,
      }),
    };
  };
}

interface SentryClient {
  getIntegrationByName?(name: string): Replay | undefined;
}
