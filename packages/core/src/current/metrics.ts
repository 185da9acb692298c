import type { Metrics, TraceSource } from "../contract/metric.js";
import { openTelemetryTraceSource } from "../context/opentelemetry.js";
import { sentryTraceSource } from "../context/sentry.js";
import { createVerbs } from "../record/verbs.js";
import { createMetrics, type StartEarly } from "./current-client.js";
import { createEarlyCalls, MAX_EARLY_CALLS } from "./early-calls.js";
import { warnWithoutInit } from "./warn-without-init.js";

/**
 * Buffers calls before `init()` with the trace of a Sentry SDK, OpenTelemetry, or the platform's own source.
 * For {@link createMetrics}.
 */
export const bufferEarly = (platformTrace?: TraceSource): StartEarly =>
  function startBuffer(early) {
    const sources = [
      sentryTraceSource(globalThis),
      openTelemetryTraceSource(globalThis),
      ...(platformTrace ? [platformTrace] : []),
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
      surrounding: () => early.around,
    });

    early.releases?.push(calls.release);
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
  };

/**
 * Records with the current client. Of the calls before the first `init()` the first 100 are buffered;
 * `init()` records them, and later ones are dropped and reported as lost (`buffer_overflow`).
 */
export const metrics: Metrics = /* @__PURE__ */ createMetrics(/* @__PURE__ */ bufferEarly());

function attempt<T>(fn: () => T): T | undefined {
  try {
    return fn();
  } catch {
    return undefined;
  }
}
