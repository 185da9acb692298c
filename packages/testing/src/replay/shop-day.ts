import { seededRandom } from "../fakes/fake-platform.js";
import { createRandomValues, type RandomValues } from "./random-values.js";
import { visitShop, type ReplayCall } from "./shop-visit.js";

/** How much of a day is replayed, and how busy the shop is. */
export interface ShopDay {
  /** Seconds that stand for the whole day: the course of the day is as much shorter, and rates are what they are. */
  readonly seconds: number;
  /** Visitors a second at the busiest hour. */
  readonly peakVisits: number;
  readonly seed: number;
}

/** How busy the shop is in each hour of a day, as a share of its busiest hour. */
const HOURS = [
  0.18, 0.12, 0.08, 0.06, 0.06, 0.1, 0.2, 0.35, 0.5, 0.58, 0.62, 0.68, 0.78, 0.7, 0.62, 0.6, 0.62,
  0.7, 0.82, 0.95, 1, 0.9, 0.6, 0.32,
];

/** The load at a share of the day, between the middles of hours. */
function loadAt(share: number): number {
  const hour = share * HOURS.length;
  const before = Math.floor(hour) % HOURS.length;
  const after = (before + 1) % HOURS.length;
  const part = hour - Math.floor(hour);
  return (HOURS[before] ?? 0) * (1 - part) + (HOURS[after] ?? 0) * part;
}

/** Makes the calls of a shop's day, second by second, so that a day need not fit into memory. */
export function* callsOf({ seconds, peakVisits, seed }: ShopDay): Generator<ReplayCall[]> {
  const random = createRandomValues(seededRandom(seed));
  const processTrace = { traceId: random.hex(32) };
  for (let second = 0; second < seconds; second++) {
    const load = loadAt(second / seconds);
    const calls: ReplayCall[] = [];
    const emit = (call: ReplayCall): void => void calls.push(call);
    for (let visits = random.poisson(peakVisits * load); visits > 0; visits--)
      visitShop(random, load, emit);
    for (const gauge of gaugesOf(random, load))
      emit({ ...gauge, type: "gauge", trace: processTrace });
    yield calls;
  }
}

/** Gauges that the server of the shop records about itself every second. */
function gaugesOf(random: RandomValues, load: number): Omit<ReplayCall, "type" | "trace">[] {
  const rss = Math.round(120e6 + 80e6 * load + 5e6 * random.uniform());
  return [
    { name: "memory.usage", value: rss, unit: "byte", attributes: { kind: "rss" } },
    {
      name: "memory.usage",
      value: Math.round(rss * (0.4 + 0.2 * random.uniform())),
      unit: "byte",
      attributes: { kind: "heap" },
    },
    {
      name: "cache.hit_rate",
      value: 0.8 + 0.15 * random.uniform(),
      unit: "ratio",
      attributes: { cache: "products" },
    },
  ];
}
