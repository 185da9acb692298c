import type { Diagnostics } from "../diagnostics.js";
import { flatten, merge } from "../flat.js";
import type { AttributeValue, Metric, MetricOptions, MetricType, Trace } from "../metric.js";
import type { Check, DropOne } from "./check.js";
import type { Draft } from "./draft.js";
import { readTimestamp } from "./time.js";

/** Shows a draft to `beforeSendMetric` and takes back what it made of it. */
export type Review = (draft: Draft) => Draft | undefined;

interface Parts {
  readonly hook: (metric: Metric) => Metric | null;
  readonly check: Check;
  readonly findTrace: (options: MetricOptions) => Trace;
  readonly drop: DropOne;
  readonly diagnostics: Diagnostics;
}

const TYPES: ReadonlySet<MetricType> = new Set(["counter", "gauge", "distribution"]);

export function createReview({ hook, check, findTrace, drop, diagnostics }: Parts): Review {
  let running = false;

  function ask(metric: Metric): Metric | null {
    // A metric recorded by the hook itself would ask the hook again, without end.
    if (running) {
      diagnostics.warn(
        "hook",
        metric.name,
        __DEV__ && `beforeSendMetric recorded "${metric.name}" itself; that metric was dropped.`,
      );
      return null;
    }
    running = true;
    try {
      return hook(metric);
    } catch (error) {
      diagnostics.error("beforeSendMetric threw; the metric is dropped.", error);
      return null;
    } finally {
      running = false;
    }
  }

  return (draft) => {
    const given = toMetric(draft);
    const told = ask({ ...given, trace: { ...given.trace } });
    if (typeof told !== "object" || told === null || !TYPES.has(told.type)) {
      if (told)
        diagnostics.warn(
          "hook",
          draft.series.name,
          __DEV__ && "beforeSendMetric must return the metric or null; the metric was dropped.",
        );
      drop("before_send", draft.series.name, 0);
      return undefined;
    }
    const series = check(told.type, told.name, told.value, told.unit);
    if (!series) return undefined;
    const { timestamp, trace } = told;
    return {
      series,
      value: told.value,
      time:
        timestamp === given.timestamp
          ? draft.time
          : (readTimestamp(timestamp, series.name, diagnostics) ?? draft.time),
      trace: sameTrace(trace, draft.trace) ? draft.trace : findTrace({ trace }),
      // What the hook removed stays removed: the shared attributes are not added again.
      attributes: flatten(told.attributes),
      base: undefined,
    };
  };
}

function toMetric({ series, value, time, trace, attributes, base }: Draft): Metric {
  const all = merge(base?.attributes, attributes);
  const entries: [string, AttributeValue][] = [];
  for (let i = 0; i < all.length; i += 2)
    entries.push([all[i] as string, all[i + 1] as AttributeValue]);
  return {
    type: series.type,
    name: series.name,
    value,
    unit: series.unit,
    timestamp: time / 1000,
    trace,
    // Defines own properties, so that a key such as `__proto__` stays an attribute.
    attributes: Object.fromEntries(entries),
  };
}

function sameTrace(a: Trace | undefined, b: Trace): boolean {
  return a?.traceId === b.traceId && a.spanId === b.spanId;
}
