import { attributes, type Items } from "./envelopes.js";

const IMAGE = "<img src=x onerror=alert(1)>";
const SCRIPT = "</script><script>alert(1)</script>";
const CONTROL = "\u001b[31mred\u0007\u009b2J";
const BIDI = "user\u202Egpj.exe\u2066";
const LONG = "x".repeat(10_000);

/** Text that wants to be code, to move the cursor, to turn the line around, or to fill the screen. */
export const HOSTILE = { IMAGE, SCRIPT, CONTROL, BIDI, LONG } as const;

/** The name of the metric with a hostile value in every place. Sentry changes what else a name has. */
export const HOSTILE_METRIC = "evil";

/** Items with hostile text wherever a sender can write any. */
export function hostileItems(seconds: number): Items {
  const traceId = "e".repeat(32);
  const spanId = "e".repeat(16);
  const texts = Object.values(HOSTILE);
  const at = { timestamp: seconds, trace_id: traceId, span_id: spanId };
  return {
    trace_metric: [
      ...texts.map((text, place) => ({
        ...at,
        type: "distribution",
        name: HOSTILE_METRIC,
        value: place,
        attributes: attributes({ text, [text.slice(0, 150)]: "key", "sentry.release": text }),
      })),
      ...texts.map((text) => ({ ...at, type: "counter", name: text, value: 1 })),
      ...texts.map((text) => ({ ...at, type: "gauge", name: "units", unit: text, value: 1 })),
      // Dropped: its raw text is kept and shown.
      { ...at, type: "counter", name: HOSTILE_METRIC, value: IMAGE },
    ],
    span: texts.map((text, place) => ({
      trace_id: traceId,
      span_id: place === 0 ? spanId : `${place}`.repeat(16),
      ...(place > 0 && { parent_span_id: spanId }),
      name: text,
      status: text,
      is_segment: place === 0,
      start_timestamp: seconds - 1,
      end_timestamp: seconds + 1,
      attributes: attributes({ "sentry.op": text, text }),
    })),
    log: texts.map((text) => ({
      ...at,
      level: "warn",
      body: text,
      attributes: attributes({ text }),
    })),
    event: texts.map((text) => ({
      timestamp: seconds,
      level: "error",
      exception: { values: [{ type: text, value: text }] },
      contexts: { trace: { trace_id: traceId, span_id: spanId } },
    })),
  };
}

/** The trace of all hostile items. */
export const HOSTILE_TRACE = "e".repeat(32);
