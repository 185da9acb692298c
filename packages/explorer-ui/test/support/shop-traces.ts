import {
  container,
  envelope,
  LOG_TYPE,
  metrics,
  SPAN_TYPE,
  text,
  type Json,
} from "../../../explorer/test/support/envelopes.js";

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, "0");

/** The id of the trace with this number. */
export const traceIdOf = (trace: number): string => hex(trace + 1, 32);
/** The id of a span of it. */
export const spanIdOf = (trace: number, span: number): string =>
  hex(trace * 100_000 + span + 1, 16);

/** A span, with its times in milliseconds from the start of its trace. */
export interface SentSpan {
  readonly parent?: number;
  readonly op: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Spans as Sentry's SDKs send them, numbered from 0. */
export const sentSpans = (trace: number, start: number, spans: readonly SentSpan[]): Json[] =>
  spans.map(({ parent, op, name, from, to }, span) => ({
    trace_id: traceIdOf(trace),
    span_id: spanIdOf(trace, span),
    ...(parent !== undefined && { parent_span_id: spanIdOf(trace, parent) }),
    name,
    start_timestamp: start + from / 1_000,
    end_timestamp: start + to / 1_000,
    status: "ok",
    attributes: { "sentry.op": text(op), route: text("/pay") },
  }));

/** The spans of a payment, in which the query takes so long. */
export const payment = (start: number, trace: number, queryMs: number): Json[] =>
  sentSpans(trace, start, [
    { op: "http.server", name: "POST /pay", from: 0, to: queryMs + 60 },
    { parent: 0, op: "db", name: "SELECT * FROM carts", from: 10, to: 10 + queryMs },
    {
      parent: 0,
      op: "http.client",
      name: "POST https://pay.example",
      from: 15 + queryMs,
      to: queryMs + 50,
    },
  ]);

/** A metric that a span recorded. */
export const recorded = (trace: number, span: number, at: number, over: Json = {}): Json => ({
  timestamp: at,
  type: "distribution",
  name: "payment.duration",
  unit: "millisecond",
  value: 150,
  trace_id: traceIdOf(trace),
  span_id: spanIdOf(trace, span),
  attributes: { route: text("/pay"), provider: text("acme") },
  ...over,
});

/** Items of a trace in one envelope. */
export const inEnvelope = (parts: { spans?: Json[]; metrics?: Json[]; logs?: Json[] }): string =>
  envelope([
    ...(parts.spans ? [container("span", SPAN_TYPE, parts.spans)] : []),
    ...(parts.metrics ? [metrics(parts.metrics)] : []),
    ...(parts.logs ? [container("log", LOG_TYPE, parts.logs)] : []),
  ]);
