import type { Options } from "../contract/options.js";
import type { SentryClient } from "./sentry-client.js";

/** How metrics of a Sentry SDK are queued. Whatever the SDK knows itself is read from its client. */
export interface IntakeOptions extends Pick<
  Options,
  "attributeRules" | "maxSeries" | "overflow" | "onDrop" | "sampleRate" | "spotlight" | "volume"
> {
  /**
   * The most metrics that may be pending, those in flight included. By default as many as the transport of the SDK
   * itself would hold.
   *
   * @default 64 000 on servers, 40 000 in a page
   */
  maxQueueItems?: number | undefined;
  /**
   * The most bytes that pending metrics may have, those in flight included.
   *
   * @default 64 MiB on servers, 32 MiB in a page
   */
  maxQueueBytes?: number | undefined;
}

/** The limit of today's Relay (docs/protocol.md#size-limits): the SDKs of Sentry have none. */
export const MAX_METRIC_BYTES: number = 2 ** 20;

/**
 * Reads what a Sentry client knows. All of it is given, `""` for what there is not, so that nothing is taken from
 * another Sentry client.
 */
export function readClientOptions(client: SentryClient): Options {
  const options = client.getOptions();
  const { debug, sendClientReports = false, sendDefaultPii = false, spotlight } = options;
  const experiments: Pick<Options, "enableMetrics" | "beforeSendMetric"> =
    options._experiments ?? {};
  return {
    // A DSN in pieces is as good as none here: only a tunnel needs it, and the SDK's own envelopes name it.
    dsn: typeof options.dsn === "string" ? options.dsn : undefined,
    tunnel: options.tunnel ?? "",
    release: options.release ?? "",
    environment: options.environment ?? "",
    dist: options.dist ?? "",
    serverName: options.serverName,
    debug,
    spotlight,
    sendClientReports,
    sendDefaultPii: client.getDataCollectionOptions?.().userInfo ?? sendDefaultPii,
    enableMetrics: options.enableMetrics ?? experiments.enableMetrics,
    beforeSendMetric: options.beforeSendMetric ?? experiments.beforeSendMetric,
    maxMetricBytes: MAX_METRIC_BYTES,
  };
}
