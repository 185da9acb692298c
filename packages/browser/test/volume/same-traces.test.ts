import { seededRandom, type IngestServer } from "@spanmeter/testing";
import { describe, expect } from "vitest";
import * as node from "../../../node/src/index.js";
import { spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const scripts = [await spanmeterScript()];

const random = seededRandom(5);
const word = (): string =>
  Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, "0");

/** Ids of traces, of which the first have the least and the greatest ends, and those around a quarter. */
const TRACES = [
  ...["00000000", "3fffffff", "40000000", "40000001", "ffffffff"].map(
    (end) => word() + word() + word() + end,
  ),
  ...Array.from({ length: 400 }, () => word() + word() + word() + word()),
];
const RATES = [0.1, 0.25, 1 / 3, 0.5];

interface Recording {
  readonly dsn: string;
  readonly traceIds: readonly string[];
  /** Where the rate is given. */
  readonly way: "call" | "client" | "rule";
  readonly rate: number;
}

/** Records a metric in each trace. It runs in the page, too, where the SDK is a global. */
async function record(
  { dsn, traceIds, way, rate }: Recording,
  sdk: Pick<typeof node, "createClient" | "sample"> = Spanmeter as unknown as typeof node,
): Promise<void> {
  const client = sdk.createClient({
    dsn,
    ...(way === "client" && { sampleRate: rate }),
    ...(way === "rule" && { volume: [{ match: "*", policy: sdk.sample(rate) }] }),
  });
  for (const traceId of traceIds)
    client.metrics.count("visit", 1, {
      trace: { traceId },
      ...(way === "call" && { sampleRate: rate }),
    });
  await client.flush();
  await client.close();
}

/** Returns the traces that arrive while `recording` runs, each with the rate of its metric. */
async function arrivedFrom(
  ingest: IngestServer,
  recording: () => Promise<void>,
): Promise<Map<string, unknown>> {
  const before = ingest.metrics.length;
  await recording();
  const arrived = ingest.metrics.slice(before);
  const rates = new Map(
    arrived.map(({ traceId, attributes }) => [traceId, attributes["sentry.client_sample_rate"]]),
  );
  expect(rates.size).toBe(arrived.length);
  return rates;
}

describe.each(["call", "client", "rule"] as const)("a rate of a %s", (way) => {
  test("keeps the same traces in a page and in node, and more of them when it is higher", async ({
    open,
    ingest,
  }) => {
    const page = await open({ scripts });
    let lower: readonly string[] = [];
    for (const rate of RATES) {
      const recording = { dsn: ingest.dsn, traceIds: TRACES, way, rate };
      const inPage = await arrivedFrom(ingest, () => page.evaluate(record, recording));
      const inNode = await arrivedFrom(ingest, () => record(recording, node));
      const kept = [...inNode.keys()].sort();
      expect([...inPage.keys()].sort()).toEqual(kept);
      expect(new Set([...inPage.values(), ...inNode.values()])).toEqual(new Set([rate]));
      expect(kept).toEqual(expect.arrayContaining([...lower]));
      expect(kept.length).toBeGreaterThan(lower.length);
      expect(kept.length / TRACES.length).toBeCloseTo(rate, 1);
      lower = kept;
    }
  });
});
