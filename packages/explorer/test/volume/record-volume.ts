import { createClient, type Client, type Options, type Trace } from "@spanmeter/core";
import { createFakePlatform, seededRandom, type FakeClock } from "@spanmeter/testing";
import { storeMetrics, type StoredMetric } from "@spanmeter/testing/snuba/stored-metric";
import { expect } from "vitest";
import type { TestExplorer } from "../support/test-explorer.js";

/** What an application does with a client and its clock. */
type Use = (client: Client, clock: FakeClock) => void | Promise<void>;

/** Runs an application, sends the envelopes of its client to an explorer, and returns what Snuba would store. */
export async function recordVolume(
  explorer: TestExplorer,
  options: Options,
  use: Use,
): Promise<StoredMetric[]> {
  const { clock, platform, transport } = createFakePlatform({ random: seededRandom(3) });
  clock.jumpTo(Date.now() - 60_000);
  const client = createClient(
    { dsn: "https://public@o1.ingest.sentry.io/2", ...options },
    platform,
  );
  await use(client, clock);
  expect(await client.flush()).toBe(true);
  for (const { bytes } of transport.sends) expect((await explorer.post(bytes)).status).toBe(200);
  return storeMetrics(transport.metrics);
}

/** A span of a trace, both by number; a trace has up to 100. */
export const traceOf = (trace: number, span: number): Trace => ({
  traceId: (trace + 1).toString(16).padStart(32, "0"),
  spanId: (100 * trace + span + 1).toString(16).padStart(16, "0"),
});
