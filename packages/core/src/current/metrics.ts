import type { Metrics, Trace, TraceSource } from "../contract/metric.js";
import { openTelemetryTraceSource } from "../context/opentelemetry.js";
import { sentryTraceSource } from "../context/sentry.js";
import { createVerbs } from "../record/verbs.js";
import { createMetrics, type Early } from "./current-client.js";
import { createEarlyCalls, MAX_EARLY_CALLS } from "./early-calls.js";
import { warnWithoutInit } from "./warn-without-init.js";

/** Where node keeps the trace of `continueTrace` and of incoming requests. */
const TRACES: unique symbol = Symbol.for("spanmeter.traces");
const host = globalThis as { [TRACES]?: { getStore(): Trace | undefined } };

/**
 * Records with the current client. Of the calls before the first `init()` the first 100 are buffered;
 * `init()` records them, and later ones are dropped and reported as lost (`buffer_overflow`).
 */
export const metrics: Metrics = /* @__PURE__ */ createMetrics(bufferEarly);

function bufferEarly(early: Early): Metrics {
  const sources: TraceSource[] = [
    sentryTraceSource(host),
    openTelemetryTraceSource(host),
    () => host[TRACES]?.getStore(),
  ];
  const calls = createEarlyCalls({
    // A test may have replaced `Date.now` by a function that returns nothing, or throws.
    time: () => attempt(() => Date.now() / 1000) || new Date().getTime() / 1000,
    trace() {
      for (const source of sources) {
        const trace = attempt(source);
        if (trace) return trace;
      }
      return undefined;
    },
    surrounding: () => early.surrounding,
  });

  early.release = calls.release;
  if (__DEV__)
    early.warn = function warn() {
      if (calls.count() === 0) return;
      warnWithoutInit(calls.count());
      early.warn = () => {};
    };
  return createVerbs(
    __DEV__
      ? function recordAndWarn(...call) {
          calls.record(...call);
          if (calls.count() > MAX_EARLY_CALLS) early.warn?.();
        }
      : calls.record,
  );
}

function attempt<T>(fn: () => T): T | undefined {
  try {
    return fn();
  } catch {
    return undefined;
  }
}
