import { expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runScript } from "../support/run-script.js";

test.each(["natural", "exit", "SIGTERM", "throw"])(
  "calls that are folded for a minute leave before the process ends: %s",
  async (way) => {
    const ingest = await ingestForTest();
    await runScript("folded-end", { args: [way, ingest.dsn] });
    const sums = new Map<string, number>();
    for (const { name, value, attributes } of ingest.metrics) {
      const weight = 1 / Number(attributes["sentry.client_sample_rate"] ?? 1);
      const more = name === "kept.values" ? weight : value;
      sums.set(name, (sums.get(name) ?? 0) + more);
    }
    const rounded = [...sums].map(([name, sum]) => [name, Math.round(sum)] as const);
    expect(Object.fromEntries(rounded)).toEqual({
      "series.handle": 2000,
      "series.verb": 1000,
      "span.verb": 1000,
      "kept.values": 1000,
    });
    expect(ingest.metrics).toHaveLength(1 + 2 + 5 + 10);
  },
);
