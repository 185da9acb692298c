import type { IngestServer } from "@spanmeter/testing";
import type { Stats } from "@spanmeter/node";
import { describe, expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runForJson } from "../support/run-script.js";
import { MAJORS } from "../support/sentry.js";

interface Result {
  flushed: boolean;
  again: boolean;
  stats: Stats;
}

const send = (major: number, kind: string, ...to: IngestServer[]): Promise<Result> =>
  runForJson("sentry-transport", { args: [String(major), kind, ...to.map(({ dsn }) => dsn)] });

function expectAll(ingest: IngestServer): void {
  ingest.assertClean();
  const names = ingest.metrics.map(({ name }) => name);
  expect(names).toEqual(["first", ...Array.from({ length: 100 }, () => "many")]);
}

const delivered = {
  flushed: true,
  again: true,
  stats: { recorded: 101, delivered: 101, pending: 0, dropped: {} },
};

describe.each(MAJORS)("the transports of @sentry/node %i carry metrics:", (major) => {
  test("makeNodeTransport", async () => {
    const ingest = await ingestForTest();
    expect(await send(major, "node", ingest)).toMatchObject(delivered);
    expectAll(ingest);
  });

  test("makeMultiplexedTransport, to two projects", async () => {
    const [one, two] = [await ingestForTest(), await ingestForTest()];
    expect(await send(major, "multiplexed", one, two)).toMatchObject(delivered);
    expectAll(one);
    expectAll(two);
  });

  test("makeOfflineTransport, past a broken connection", async () => {
    const ingest = await ingestForTest();
    ingest.replyNext({ fault: "reset" });
    const { again } = await send(major, "offline", ingest);
    expect(again).toBe(true);
    ingest.assertClean();
    const names = ingest.metrics.map(({ name }) => name);
    expect(names.filter((name) => name === "many")).toHaveLength(100);
  });
});
