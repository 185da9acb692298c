import type { Attributes, MetricType, Trace } from "@spanmeter/core";
import type { RandomValues } from "./random-values.js";

/** One call of a metric. */
export interface ReplayCall {
  readonly type: MetricType;
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  readonly attributes: Attributes;
  readonly trace: Trace;
}

/** Receives the calls of a visit, in order. */
export type EmitCall = (call: ReplayCall) => void;

/** The queries of the shop, with their usual time in milliseconds. */
const QUERIES = {
  "products.list": 1.5,
  "products.search": 4,
  "photos.insert": 9,
  "payments.count": 2,
  "orders.insert": 3,
  "orders.refund": 3,
} as const;
const PRICES_USD = [24.9, 8.5, 4.2, 89, 35];

/**
 * Emits the metrics that the server of examples/shop records for one visitor, with their attributes, in the traces of
 * two pages. `load` from 0 to 1 is how busy the shop is: times grow with it.
 */
export function visitShop(random: RandomValues, load: number, emit: EmitCall): void {
  let traceId = random.hex(32);
  let trace: Trace = { traceId };
  let shared: Attributes = {};

  function record(
    type: MetricType,
    name: string,
    value: number,
    attributes: Attributes = {},
    unit?: string,
  ): void {
    emit({
      type,
      name,
      value,
      attributes: { ...attributes, ...shared },
      trace,
      ...(unit && { unit }),
    });
  }

  function query(name: keyof typeof QUERIES): void {
    const request = trace;
    trace = { traceId, spanId: random.hex(16) };
    record("gauge", "pool.in_use", 1 + random.poisson(6 * load), { pool: "database" });
    const slow = random.chance(0.01) ? 20 : 1;
    const duration = random.logNormal(QUERIES[name] * (1 + load) * slow, 0.5);
    const outcome = random.chance(0.001) ? "error" : "ok";
    record("distribution", "query.duration_ms", duration, { query: name, outcome }, "millisecond");
    trace = request;
  }

  function request(method: string, route: string, median: number, work: () => number): void {
    trace = { traceId, spanId: random.hex(16) };
    const status = work();
    const duration = random.logNormal(median * (1 + load), 0.6);
    shared = {};
    record("distribution", "api.request", duration, { route, method, status }, "millisecond");
  }

  function runJob(job: string, template: string): void {
    record("gauge", "queue.depth", 1 + random.poisson(8 * load), { queue: "jobs" });
    trace = { traceId, spanId: random.hex(16) };
    if (random.chance(0.04)) {
      const attributes = { job, attempt: 1, reason: "greylisted" };
      record("counter", "email.failed", 1, { template, smtp_code: 451 });
      record("counter", "job.retried", 1, attributes);
    }
    record("counter", "email.sent", 1, { template });
    record("counter", "job.processed", 1, { job, outcome: "done" });
  }

  function search(): number {
    if (random.chance(0.7)) query("products.search");
    if (random.chance(0.2))
      record("counter", "search.zero_results", 1, { words: 1 + random.below(3) });
    return 200;
  }

  function uploadPhoto(): number {
    const bytes = 20_000 + Math.floor(random.uniform() ** 3 * 400_000);
    record("distribution", "file.size_bytes", bytes, { kind: "photo", type: "image/jpeg" }, "byte");
    query("photos.insert");
    return 201;
  }

  function checkout(): number {
    // The flag is off, as in the shop on most days.
    shared = { fuzzy_check: false };
    record("counter", "checkout.started", 1);
    const items = 1 + random.below(5);
    let amount = 0;
    for (let i = 0; i < items; i++) amount += PRICES_USD[random.below(PRICES_USD.length)] ?? 0;
    record("distribution", "cart.amount_usd", amount, { items });
    query("payments.count");
    if (random.chance(0.06)) return decline();
    query("orders.insert");
    runJob("send mail", "order_confirmed");
    return 201;
  }

  function decline(): number {
    const reason = random.chance(0.7) ? "card_declined" : "insufficient_funds";
    record("counter", "payment.declined", 1, {
      reason,
      brand: random.chance(0.6) ? "visa" : "mastercard",
    });
    record("counter", "checkout.failed", 1, { reason });
    return 402;
  }

  function refund(): number {
    query("orders.refund");
    record("counter", "refund.issued", 1, { reason: "changed_mind" });
    runJob("send mail", "refund_issued");
    return 200;
  }

  request("GET", "/", 6, () => {
    if (random.chance(0.1)) query("products.list");
    return 200;
  });
  request("GET", "/api/search", 9, search);
  if (random.chance(1 / 3)) request("POST", "/api/products/:id/photos", 40, uploadPhoto);
  traceId = random.hex(32);
  request("POST", "/api/checkout", 70, checkout);
  if (random.chance(1 / 6)) request("POST", "/api/orders/:id/refund", 20, refund);
}
