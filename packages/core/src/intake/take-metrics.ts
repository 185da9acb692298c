import type { AttributeMap, MetricType } from "../contract/metric.js";
import type { PendingMetric } from "../contract/pending-metric.js";
import type { Pipeline } from "../contract/pipeline.js";
import type { Stage } from "../contract/stage.js";
import type { Envelope } from "../contract/transport.js";
import { copyAttributes, NOTHING } from "../engine/attributes.js";
import { exactSize } from "../engine/size.js";

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
  const { engine, hasten, ledger, measure, push } = pipeline;

  function take(serialized: SerializedMetric): void {
    let metric: PendingMetric | undefined;
    let next: ReturnType<Stage>;
    let bytes = 0;
    ledger.counts.recorded++;
    try {
      if (isGood(serialized)) next = measure((metric = toPending(serialized, engine.now())));
      if (typeof next === "object") next = push((metric = next), NOTHING);
      if (typeof next === "object") return;
      if (metric) bytes = exactSize(metric, engine.encodeUtf8);
    } catch (error) {
      next = "internal_sdk_error";
      engine.error("a metric of the Sentry SDK could not be read", error);
    }
    ledger.drop({ reason: next ?? "invalid", name: metric?.name, metrics: 1, bytes });
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

/** `now` is in milliseconds since the epoch. */
function toPending(serialized: SerializedMetric, now: number): PendingMetric {
  const { type, name, value, unit, timestamp, trace_id, span_id, attributes } = serialized;
  return {
    type,
    name,
    value,
    unit: textOf(unit),
    // To the microsecond, without the noise of the multiplication.
    time: Math.round(timestamp * 1e6) / 1e3 || now,
    trace: { traceId: String(trace_id), spanId: textOf(span_id) },
    attributes: valuesOf(attributes),
    sharedAttributes: NOTHING,
    bytes: 0,
    calls: 1,
    sequence: 0,
    arrivalIndex: 0,
  };
}

/**
 * By entries, so that a key such as `__proto__` stays an attribute like any other. Copied, because the SDK passes
 * lists of the application on as they are, whatever is in them.
 */
function valuesOf(attributes: SerializedMetric["attributes"] = NOTHING): AttributeMap {
  const entries = Object.entries(attributes).filter(([key]) => key !== SEQUENCE);
  return copyAttributes(
    Object.fromEntries(entries.map(([key, attribute]) => [key, attribute?.value])),
  );
}
