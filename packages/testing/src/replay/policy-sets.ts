import { fold, raw, reservoir, sample, type Options, type VolumeRule } from "@spanmeter/core";

/** How long calls are folded where no other interval is named. */
const INTERVAL_MS = 60_000;

const DISTRIBUTIONS = ["api.request", "query.duration_ms", "cart.amount_usd", "file.size_bytes"];

const everything = (policy: VolumeRule["policy"]): Options => ({
  volume: [{ match: "*", policy }],
});

/** Distributions in reservoirs of 50; counters and gauges folded by series. */
const SENSIBLE: Options = {
  volume: [
    ...DISTRIBUTIONS.map((match) => ({
      match,
      policy: reservoir({ size: 50, interval: INTERVAL_MS }),
    })),
    { match: "*", policy: fold({ by: "series", interval: INTERVAL_MS }) },
  ],
};

/** The name of a set of options that are compared. */
export type PolicySet = "raw" | "sample" | "fold" | "reservoir" | "sensible" | "slim";

/** The options of each set. */
export const POLICY_SETS: Readonly<Record<PolicySet, Options>> = {
  raw: everything(raw()),
  sample: everything(sample(0.1)),
  fold: everything(fold({ by: "series", interval: INTERVAL_MS })),
  reservoir: everything(reservoir({ size: 50 })),
  sensible: SENSIBLE,
  slim: { ...SENSIBLE, defaultAttributes: "slim" },
};
