import type { AttributeMap, AttributeValue, MetricType } from "../contract/metric.js";
import type { Pipeline } from "../contract/pipeline.js";
import type { Instrument } from "../contract/series.js";
import type { Envelope } from "../contract/transport.js";
import { copyValue, isScalar, NOTHING } from "../engine/attributes.js";
import { fallbackTrace } from "../engine/fallback-trace.js";
import { copySeries, makeInstrument } from "../engine/series.js";
import { locationOf } from "../engine/waiting-metric.js";
import { createSettle, createSteps } from "../record/settle.js";

/** A metric as a Sentry SDK serialises it (docs/protocol.md#metric-payload). */
interface SerializedMetric {
  readonly timestamp: number;
  readonly trace_id: string;
  readonly span_id?: string;
  readonly name: string;
  readonly type: MetricType;
  readonly unit?: string;
  readonly value: number;
  readonly attributes?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** The headers of an envelope with metrics. */
interface Headers {
  readonly sdk?: { readonly name: string; readonly version: string };
  /** Only for a tunnel. */
  readonly dsn?: string;
}

/** The payload of a `trace_metric` item. */
interface Container {
  readonly items?: readonly SerializedMetric[];
  readonly ingest_settings?: { readonly infer_ip?: string };
}

/** Takes the metrics out of an envelope; returns the items that are left. Never throws. */
export type TakeMetrics = (envelope: Envelope) => Envelope[1];

/** The queue numbers metrics itself, in the order of their times. */
const SEQUENCE = "sentry.timestamp.sequence";

/** Makes the function that takes the metrics of a Sentry SDK into a pipeline. */
export function createTakeMetrics(pipeline: Pipeline): TakeMetrics {
  const { engine, hasten, ledger, parts, volume } = pipeline;
  const find = volume?.find ?? makeInstrument;
  const findSeries = volume?.findSeries ?? copySeries;
  const sample = parts.createSampling?.(engine, fallbackTrace(engine.random));
  // The SDK has called the hook of its own options.
  const steps = createSteps(engine, { ...pipeline, sample, hook: undefined }, ledger);
  const context = {
    // The attributes of an SDK are all those of the call.
    defaults: () => NOTHING,
    client: () => NOTHING,
    around: () => NOTHING,
    locate: () => locationOf({ traceId: "" }, NOTHING),
  };
  const settle = volume?.createCalls(steps, context).settle ?? createSettle(steps, engine);

  function take(serialized: SerializedMetric): void {
    ledger.counts.recorded++;
    try {
      if (!isGood(serialized)) return steps.lose("invalid", undefined);
      const { type, name, value, unit, timestamp, trace_id, span_id, attributes } = serialized;
      const trace = { traceId: String(trace_id), spanId: textOf(span_id) };
      // To the microsecond, without the noise of the multiplication.
      const time = Math.round(timestamp * 1e6) / 1e3 || engine.now();
      const series = findSeries(find(type, name, unit) as Instrument, valuesOf(attributes), true);
      settle(series, value, locationOf(trace, NOTHING), time, 1);
    } catch (error) {
      engine.error("a metric of the Sentry SDK could not be read", error);
      steps.lose("internal_sdk_error", undefined);
    }
  }

  return ([headers, items]) =>
    engine.isClosed()
      ? items
      : items.filter(([{ type }, payload]) => {
          const container = (payload ?? NOTHING) as Container;
          if (type !== "trace_metric" || !Array.isArray(container.items)) return true;
          adopt(pipeline, headers, container);
          (container.items as SerializedMetric[]).forEach(take);
          // They have waited with the SDK already.
          hasten();
          return false;
        });
}

/** The pipeline says of all its metrics the same as the SDK says of its own. */
function adopt({ engine }: Pipeline, headers: Headers, { ingest_settings }: Container): void {
  const { settings } = engine;
  if (headers.sdk) engine.sdk = headers.sdk;
  if (headers.dsn) settings.dsn = settings.tunnel = headers.dsn;
  if (ingest_settings) settings.sendDefaultPii = ingest_settings.infer_ip === "auto";
}

/**
 * Whether Relay would take it (docs/protocol.md#refused-metrics): `NaN`, for example, becomes `null` in JSON. Each
 * member is read here or copied below, so that one that cannot be sent takes no other metric along.
 */
const isGood = ({ name, type, value }: SerializedMetric): boolean =>
  ["counter", "gauge", "distribution"].includes(type) && Number.isFinite(value) && !!name.trim();

const textOf = (given: string | undefined): string | undefined =>
  typeof given === "string" ? given : undefined;

/**
 * By entries, so that a key such as `__proto__` stays an attribute like any other. Copied, because the SDK passes
 * lists of the application on as they are, whatever is in them.
 */
function valuesOf(attributes: SerializedMetric["attributes"] = NOTHING): AttributeMap {
  const entries: [key: string, value: AttributeValue][] = [];
  for (const [key, attribute] of Object.entries(attributes)) {
    const given = attribute?.value;
    const value = isScalar(given) ? given : copyValue(given);
    if (value !== undefined && key !== SEQUENCE) entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}
