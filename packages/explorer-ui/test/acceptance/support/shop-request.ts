import { attributes, type Json } from "./envelopes.js";
import type { Random } from "./random.js";
import type { Metric } from "./sent-metric.js";

/** What has been recorded so far. */
export interface Recorded {
  readonly metrics: Metric[];
  readonly spans: Json[];
  readonly logs: Json[];
  readonly events: Json[];
}

/** Adds what one request of the shop records. */
export function addRequest(
  { metrics, spans, logs, events }: Recorded,
  random: Random,
  { at, incidentAt, isQuiet }: { at: number; incidentAt: number; isQuiet: boolean },
): void {
  const [traceId, root, db, http] = [
    random.hex(32),
    random.hex(16),
    random.hex(16),
    random.hex(16),
  ];
  const provider = random.pick(["acme", "pay", "stripe", "cash"]);
  const isLate = at >= incidentAt;
  const isSlow = isLate && provider === "acme" && !isQuiet;
  const databaseMs = (isSlow ? 800 : 120) * random.between(0.8, 1.2);
  const httpMs = random.between(40, 60);
  const totalMs = databaseMs + httpMs + 20;
  const own = {
    provider,
    route: random.pick(["/cart", "/checkout", "/pay", "/health"]),
    plan: random.next() < 0.3 ? "pro" : "free",
    "sentry.release": isLate ? "shop@2" : "shop@1",
    region: random.pick(["eu", "us", "asia"]),
    host: `web-${Math.floor(random.between(0, 8))}`,
    device: random.pick(["phone", "desktop", "tablet"]),
    "user.id": `u${Math.floor(random.between(0, 2_000))}`,
  };
  const inTrace = { traceId, seconds: at, weight: 1, attributes: own };
  const span = spanOf(traceId, spans);
  span({ id: root, name: "POST /pay", op: "http.server", at, ms: totalMs });
  span({
    id: db,
    parent: root,
    name: "SELECT * FROM payments WHERE id = ?",
    op: "db",
    at: at + 0.01,
    ms: databaseMs,
  });
  span({
    id: http,
    parent: root,
    name: "POST /charges",
    op: "http.client",
    at: at + 0.01 + databaseMs / 1000,
    ms: httpMs,
  });
  metrics.push(
    {
      ...inTrace,
      name: "payment.duration",
      type: "distribution",
      unit: "millisecond",
      value: databaseMs,
      spanId: db,
    },
    // Sampled: one in four is sent.
    {
      ...inTrace,
      name: "checkout.started",
      type: "counter",
      value: 1 + Math.floor(random.next() * 3),
      weight: own.plan === "free" ? 4 : 1,
      spanId: root,
    },
    {
      ...inTrace,
      name: "queue.depth",
      type: "gauge",
      value: random.between(5, 15) + (isSlow ? 20 : 0),
      spanId: root,
    },
  );
  if (!isSlow || random.next() < 0.5) return;
  metrics.push({ ...inTrace, name: "checkout.failed", type: "counter", value: 1, spanId: root });
  logs.push({
    timestamp: at + 0.1,
    trace_id: traceId,
    span_id: db,
    level: "warn",
    body: "slow query",
    attributes: {},
  });
  events.push({
    timestamp: at + totalMs / 1000,
    level: "error",
    exception: { values: [{ type: "TimeoutError", value: "payment took too long" }] },
    contexts: { trace: { trace_id: traceId, span_id: root } },
  });
}

interface Span {
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
  readonly op: string;
  readonly at: number;
  readonly ms: number;
}

const spanOf =
  (traceId: string, spans: Json[]) =>
  ({ id, parent, name, op, at, ms }: Span): void =>
    void spans.push({
      trace_id: traceId,
      span_id: id,
      ...(parent !== undefined && { parent_span_id: parent }),
      name,
      status: "ok",
      is_segment: parent === undefined,
      start_timestamp: at,
      end_timestamp: at + ms / 1000,
      attributes: attributes({ "sentry.op": op }),
    });
