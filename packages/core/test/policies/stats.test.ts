import { expect, test } from "vitest";
import { fold, sample } from "../../src/index.js";
import { setUp } from "../set-up.js";

test("stats() says what each metric costs, and what it would cost if each call were sent", async () => {
  const { client, transport, clock } = setUp({
    volume: [
      { match: "folded", policy: fold({ by: "series" }) },
      { match: "half", policy: sample(0.5) },
    ],
  });
  for (let i = 0; i < 100; i++) {
    const attributes = { route: `/${i % 4}` };
    for (const name of ["folded", "half", "raw"]) client.metrics.count(name, 1, { attributes });
  }
  await clock.advance(60_000);
  const sizes = (name: string): number[] =>
    transport.metrics.filter((each) => each.name === name).map(({ bytes }) => bytes);
  const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
  const [folded, half, raw] = client.stats().metrics;
  const each = (sizes("raw")[0] as number) - "raw".length;
  expect(raw).toMatchObject({ name: "raw", calls: 100, items: 100, series: 4 });
  expect(raw?.billedBytes).toBe(sum(sizes("raw")));
  expect(raw?.rawBytes).toBe(raw?.billedBytes);
  expect(raw?.bytesPerMonth).toBe((raw?.billedBytes ?? 0) * 60 * 24 * 30);
  expect(folded).toMatchObject({ name: "folded", calls: 100, items: 4, series: 4 });
  expect(folded?.billedBytes).toBe(sum(sizes("folded")));
  expect(folded?.rawBytes).toBe(100 * (each + "folded".length));
  expect(half?.items).toBe(sizes("half").length);
  expect(half?.rawBytes).toBeGreaterThanOrEqual(100 * (each + "half".length));
});

test("names beyond the first 2000 are counted together", () => {
  const { client } = setUp();
  for (let i = 0; i < 2100; i++) client.metrics.count(`n${i}`);
  const { metrics } = client.stats();
  expect(metrics).toHaveLength(2001);
  expect(metrics.at(-1)).toMatchObject({ name: "(other)", calls: 100 });
});

test("debug logs the costs once a minute, while there are calls", async () => {
  const { client, clock, lines } = setUp({ debug: true });
  const reports = (): string[] =>
    lines.map(({ text }) => text).filter((text) => text.includes("bytes a month"));
  client.metrics.count("a");
  await clock.advance(59_000);
  expect(reports()).toEqual([]);
  await clock.advance(2000);
  expect(reports()).toEqual([
    expect.stringMatching(/^\[spanmeter\] a: 1 calls, 1 items, 1 series, \d+ bytes billed/),
  ]);
  await clock.advance(120_000);
  expect(reports()).toHaveLength(1);
  await client.close();
});
