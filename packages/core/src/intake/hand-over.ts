import type { Pipeline } from "../contract/pipeline.js";
import type { SentryClient } from "./sentry-client.js";

/**
 * Lets a Sentry client hand over the metrics that it has buffered whenever everything is about to leave, and close
 * the pipeline. `find` returns the client once there is one.
 */
export function handOverFrom(
  find: () => SentryClient | undefined,
  { close, engine, source }: Pipeline,
): void {
  const { handOver } = source;
  let known: SentryClient | undefined;

  source.handOver = () => {
    const client = find();
    if (client && client !== known) {
      known = client;
      client.on?.("close", () => void close());
      // Metrics that listeners to the last events of a page record, such as web vitals, have no time to wait with
      // the SDK.
      client.on?.("afterCaptureMetric", () => {
        if (engine.platform.isEnding?.()) source.handOver?.();
      });
    }
    // The SDK gives what it has buffered to its transport, synchronously.
    client?.emit?.("flush");
    handOver?.();
  };
}
