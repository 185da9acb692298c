import { soak } from "@spanmeter/testing/trials/soak";
import { expect, test } from "vitest";
import { createClient } from "../../src/index.js";

/** A minute of traffic, 5 000 metrics a second, in a sixth of the time: the short form of `npm run soak`. */
test("every count is accounted for while faults come and go under load", async () => {
  const seed = Date.now() % 1_000_000;
  const result = await soak({ create: createClient, seconds: 60, speed: 6, seed });
  expect(result.broken, `seed ${seed}`).toEqual([]);
  expect(result.surplus, `seed ${seed}`).toBeLessThanOrEqual(result.ambiguous);
  expect(result.recorded).toBeGreaterThan(290_000);
  expect(result.received).toBeGreaterThan(0);
  expect(result.switches).toBeGreaterThan(10);
  expect(result.peakHeapBytes).toBeLessThan(200 * 1024 * 1024);
});
