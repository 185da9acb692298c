import type { ReceivedItem } from "../../src/model/received-item.js";
import { createRandom } from "../../src/answers/changes/random.js";
import { container, envelope, metrics, SPAN_TYPE, text, type Json } from "./envelopes.js";
import { NOW_MS } from "./memory-store.js";

export interface Planted {
  /** Name of the metric. */
  readonly name: string;
  readonly seed: number;
  /**
   * By how much `provider=acme` gets slower during the incident.
   * @default 1: nothing happens
   */
  readonly factor?: number;
  /** Metrics of a trace. */
  readonly perTrace?: number;
  readonly traces?: number;
  readonly type?: "distribution" | "gauge";
  readonly nowMs?: number;
  /**
   * Age of the oldest metric, in seconds.
   * @default 3600
   */
  readonly oldest?: number;
}

/** Start and end of the incident, in seconds before now. */
export const INCIDENT = { since: 1200, until: 300 } as const;

const PROVIDERS = ["acme", "pay", "swift", "coin"];

/**
 * Metrics until now, with eight attributes. Those of one trace are alike. A release goes out as the incident begins.
 */
export function plantedMetrics({
  name,
  seed,
  factor = 1,
  perTrace = 4,
  traces = 430,
  type = "distribution",
  nowMs = NOW_MS,
  oldest = 3600,
}: Planted): ReceivedItem[] {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: traces }, (_, trace) => {
    const ago = oldest - (trace + random()) * (oldest / traces);
    const isIncident = ago <= INCIDENT.since && ago > INCIDENT.until;
    const ofTrace = Math.exp(0.4 * normal());
    const traceId = (BigInt(seed) * 1_000_000n + BigInt(trace) + 1n).toString(16).padStart(32, "0");
    const shared = {
      region: pick(["r0", "r1", "r2"]),
      plan: pick(["free", "free", "pro", "team"]),
      host: pick(["h1", "h2", "h3", "h4", "h5", "h6"]),
      release: ago <= INCIDENT.since ? "shop@2" : "shop@1",
      "user.id": `u${Math.floor(random() * 5_000)}`,
      ...(random() < 0.3 && { beta: true }),
    };
    return Array.from({ length: perTrace }, (__, place): ReceivedItem => {
      const provider = pick(PROVIDERS);
      const slower = isIncident && provider === "acme" ? factor : 1;
      const timeNs = BigInt(Math.round((nowMs - ago * 1000 + place) * 1e6));
      return {
        kind: "metric",
        verdict: "accepted",
        notes: [],
        receivedNs: timeNs,
        timeNs,
        name,
        type,
        unit: "millisecond",
        value: 180 * ofTrace * Math.exp(0.3 * normal()) * slower,
        weight: 1,
        traceId,
        attributes: { ...shared, provider, "cart.size": Math.floor(random() * 100) },
      };
    });
  }).flat();
}

/** Planted metrics as an SDK sends them, with a span in each trace, and an error in those of slow payments. */
export function plantedEnvelope(planted: Planted): string {
  const items = plantedMetrics({ ...planted, nowMs: planted.nowMs ?? Date.now() });
  const seconds = ({ timeNs }: ReceivedItem): number => Number(timeNs) / 1e9;
  const byTrace = new Map(items.map((item) => [item.traceId, item]));
  const slow = items.filter(
    ({ value = 0, attributes }) => value > 330 && attributes["provider"] === "acme",
  );
  return envelope([
    metrics(items.map(metricOf)),
    container(
      "span",
      SPAN_TYPE,
      [...byTrace.values()].map((item) => ({
        trace_id: item.traceId,
        span_id: "0123456789abcdef",
        start_timestamp: seconds(item) - 1,
        end_timestamp: seconds(item),
        name: "POST /pay",
        status: "ok",
      })),
    ),
    ...slow.map((item) => ({
      header: { type: "event" },
      payload: JSON.stringify({
        message: `payment ${seconds(item)} timed out`,
        timestamp: seconds(item),
        contexts: { trace: { trace_id: item.traceId, span_id: "0123456789abcdef" } },
      }),
    })),
  ]);
}

const metricOf = ({
  timeNs,
  name,
  type,
  unit,
  value,
  traceId,
  attributes,
}: ReceivedItem): Json => ({
  timestamp: Number(timeNs) / 1e9,
  name,
  type,
  unit,
  value,
  trace_id: traceId,
  attributes: Object.fromEntries(
    Object.entries(attributes).map(([key, each]) => [key, attributeOf(each)]),
  ),
});

function attributeOf(value: unknown): Json {
  if (typeof value === "number") return { value, type: "integer" };
  return typeof value === "boolean" ? { value, type: "boolean" } : text(String(value));
}
