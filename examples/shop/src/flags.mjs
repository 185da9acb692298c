import { createHash } from "node:crypto";
import * as Sentry from "@sentry/node";

/** Creates feature flags that are on for a share of visitors, always the same ones. */
export function createFlags(initialShares) {
  const shares = new Map(Object.entries(initialShares));
  return {
    isOn(flag, visitor) {
      const on = position(flag, visitor) < (shares.get(flag) ?? 0);
      if (on) Sentry.metrics.count("feature.enabled", 1, { attributes: { flag } });
      return on;
    },
    set: (flag, share) => shares.set(flag, share),
  };
}

/** Returns a number from 0 to 1 that depends on the flag and the visitor. */
function position(flag, visitor) {
  const hash = createHash("sha256").update(`${flag}:${visitor}`).digest();
  return hash.readUInt32BE() / 2 ** 32;
}
