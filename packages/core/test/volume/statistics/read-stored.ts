import { storeMetrics, type StoredMetric } from "@spanmeter/testing/snuba/stored-metric";
import { seededRandom } from "@spanmeter/testing";
import { expect } from "vitest";
import type { Options } from "../../../src/index.js";
import { resetProcessGlobals, setUp, type SetUp } from "../../set-up.js";

/** Runs a client whose random numbers come from `seed`, and returns what Snuba stores of what it sent. */
export async function readStored(
  options: Options,
  seed: number,
  use: (setup: SetUp) => void | Promise<void>,
): Promise<StoredMetric[]> {
  resetProcessGlobals();
  const setup = setUp(options, { random: seededRandom(seed) });
  await use(setup);
  expect(await setup.client.flush()).toBe(true);
  return storeMetrics(setup.transport.metrics);
}
