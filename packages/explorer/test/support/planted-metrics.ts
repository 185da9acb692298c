import type { ReceivedItem } from "../../src/model/received-item.js";
import { createRandom } from "../../src/answers/changes/random.js";
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
  readonly type?: "distribution" | "counter" | "gauge";
}

/** Start and end of the incident, in seconds before now. The hour has the release go out as it begins. */
export const INCIDENT = { since: 1200, until: 300 } as const;

const PROVIDERS = ["acme", "pay", "swift", "coin"];

/**
 * Metrics of the last hour, with eight attributes. Those of one trace are alike. A release goes out as the incident begins.
 */
export function plantedMetrics({
  name,
  seed,
  factor = 1,
  perTrace = 4,
  traces = 430,
  type = "distribution",
}: Planted): ReceivedItem[] {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: traces }, (_, trace) => {
    const ago = 3600 - (trace + random()) * (3600 / traces);
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
      const timeNs = BigInt(Math.round((NOW_MS - ago * 1000 + place) * 1e6));
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
