import { createClient, reservoir, sample, type VolumeRule } from "@spanmeter/core";
import { createFakePlatform, seededRandom } from "../fakes/fake-platform.js";
import { estimate, type Estimates } from "../snuba/estimate.js";
import { storeMetrics } from "../snuba/stored-metric.js";
import { createRandomValues } from "./random-values.js";
import { COMPARED, type Compared } from "./replay-errors.js";

/** Calls of a distribution in one interval: half of them below 20, and a long tail. */
const CALLS = 2000;
const MEDIAN = 20;
const SPREAD = 1;

/** How far estimates are off the true value, as a share of it, at some percentiles of many seeds. */
export interface Spread {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** The spread of each aggregate, for one policy. */
export interface PolicySpread {
  readonly label: string;
  readonly spreads: Readonly<Record<Compared, Spread>>;
}

const SIZES = [10, 25, 50, 100, 200, 400];
const RATES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

async function estimateOnce(policy: VolumeRule["policy"], values: readonly number[], seed: number) {
  const { platform, transport } = createFakePlatform({ random: seededRandom(seed) });
  const client = createClient(
    { dsn: "https://public@o1.ingest.sentry.io/2", volume: [{ match: "*", policy }] },
    platform,
  );
  const random = createRandomValues(seededRandom(seed + 5000));
  for (const value of values)
    client.metrics.distribution("d", value, { trace: { traceId: random.hex(32) } });
  await client.close();
  return estimate(storeMetrics(transport.metrics));
}

function spreadOf(errors: readonly number[]): Spread {
  const sorted = [...errors].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  return { low: at(0.05), middle: at(0.5), high: at(0.95) };
}

/** Estimates the same skewed values many times under a policy. */
async function spreadUnder(
  label: string,
  policy: VolumeRule["policy"],
  seeds: number,
): Promise<PolicySpread> {
  const random = createRandomValues(seededRandom(1));
  const values = Array.from({ length: CALLS }, () => random.logNormal(MEDIAN, SPREAD));
  const truth = estimate(values.map((value) => ({ value, samplingFactor: 1 })));
  const all: Estimates[] = [];
  for (let seed = 1; seed <= seeds; seed++) all.push(await estimateOnce(policy, values, seed));
  const spreads = COMPARED.map((key) => [
    key,
    spreadOf(all.map((each) => each[key] / truth[key] - 1)),
  ]);
  return { label, spreads: Object.fromEntries(spreads) as PolicySpread["spreads"] };
}

/** The spreads of reservoirs by size, and of samples by rate. */
export async function estimateSpreads(seeds: number): Promise<{
  readonly calls: number;
  readonly reservoirs: readonly PolicySpread[];
  readonly samples: readonly PolicySpread[];
}> {
  const reservoirs: PolicySpread[] = [];
  for (const size of SIZES)
    reservoirs.push(await spreadUnder(String(size), reservoir({ size }), seeds));
  const samples: PolicySpread[] = [];
  for (const rate of RATES) samples.push(await spreadUnder(String(rate), sample(rate), seeds));
  return { calls: CALLS, reservoirs, samples };
}
