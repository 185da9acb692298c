import {
  createIntegration,
  endpointOf,
  folding,
  MAX_METRIC_BYTES,
  readClientOptions,
  wrapTransport,
} from "@spanmeter/core";
import type {
  IntakeOptions,
  Options,
  SpanmeterIntegration,
  Transport,
  TransportOptions,
} from "@spanmeter/core";
import { createPagePipeline } from "./intake/page-pipeline.js";
import { pageStorage, type IntakePart } from "./intake/parts.js";
import type { MakeTransport } from "./intake/through-fetch.js";
import { spotlight } from "./parts.js";

export { folding, pageStorage, spotlight };
export { attributeRules, fold, keyedHash, raw, reservoir, sample } from "@spanmeter/core";
export { metrics } from "./intake/metrics.js";
export type { IntakePart, IntakeOptions, MakeTransport, SpanmeterIntegration };

/** How a lean integration is made. */
export interface LeanIntakeOptions extends IntakeOptions {
  /**
   * The optional pieces of the queue; `false` and `undefined` are skipped.
   *
   * @default []
   * @example
   * parts: [folding(), pageStorage()]
   */
  parts?: readonly (IntakePart | false | undefined)[] | undefined;
}

/** How a transport for metrics is made. */
export interface MetricsTransportOptions extends IntakeOptions {
  /**
   * Reports losses and their reasons to Sentry.
   *
   * @default true
   */
  sendClientReports?: boolean | undefined;
}

const allParts = (): readonly IntakePart[] => [folding(), pageStorage(), spotlight()];

/**
 * Puts a queue behind `Sentry.metrics`: metrics are sent again after failures, folded while there is no room,
 * and what a page cannot send is sent by the next one. Everything else about the SDK stays as it is.
 *
 * @example
 * Sentry.init({ dsn, integrations: [spanmeterIntegration()] });
 */
export function spanmeterIntegration(options: IntakeOptions = {}): SpanmeterIntegration {
  return createPageIntegration(options, allParts);
}

/**
 * The integration with chosen parts only. Without any, metrics that find no room are dropped
 * (`buffer_overflow`), and what leaves as a page ends may be cut off with it.
 *
 * @example
 * Sentry.init({ dsn, integrations: [leanSpanmeterIntegration({ parts: [folding()] })] });
 */
export function leanSpanmeterIntegration(options: LeanIntakeOptions = {}): SpanmeterIntegration {
  return createPageIntegration(options, () =>
    (options.parts ?? []).filter((part): part is IntakePart => typeof part === "object"),
  );
}

/**
 * Wraps a transport for `Sentry.init`, so that metrics leave through a queue of their own, and everything else as
 * before: for a transport of your own, or where no integration can be added.
 *
 * @example
 * Sentry.init({ dsn, transport: makeMetricsTransport(Sentry.makeFetchTransport) });
 */
export function makeMetricsTransport<O extends TransportOptions>(
  make: (options: O, fetch?: never) => Transport,
  options: MetricsTransportOptions = {},
): (options: O) => Transport {
  return (given) =>
    wrapTransport(
      make(given),
      () =>
        createPagePipeline(
          make as unknown as MakeTransport,
          given,
          { maxMetricBytes: MAX_METRIC_BYTES, ...options },
          allParts(),
        ),
      console,
    );
}

function createPageIntegration(
  options: IntakeOptions,
  parts: () => readonly IntakePart[],
): SpanmeterIntegration {
  return createIntegration((client) => {
    const { transport, transportOptions } = client.getOptions();
    return createPagePipeline(
      transport as MakeTransport,
      { ...transportOptions, url: endpointOf(client) },
      { ...readClientOptions(client), ...options } as Options,
      parts(),
    );
  }, console);
}
