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

interface Sent {
  /** By kind of transport. */
  readonly results: { readonly [kind in "node" | "multiplexed" | "offline"]: Result };
  readonly node: IngestServer;
  readonly multiplexed: readonly [IngestServer, IngestServer];
  readonly offline: IngestServer;
}

async function sendAll(major: number): Promise<Sent> {
  const node = await ingestForTest();
  const multiplexed = [await ingestForTest(), await ingestForTest()] as const;
  const offline = await ingestForTest();
  offline.replyNext({ fault: "reset" });
  const servers = [node, ...multiplexed, offline];
  const args = [String(major), ...servers.map(({ dsn }) => dsn)];
  const results = await runForJson<Sent["results"]>("sentry-transport", { args });
  return { results, node, multiplexed, offline };
}

const sent = new Map<number, Promise<Sent>>();

/** The envelopes of a process with that major, started once: loading the SDK takes most of its time. */
function sentBy(major: number): Promise<Sent> {
  const known = sent.get(major) ?? sendAll(major);
  sent.set(major, known);
  return known;
}

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
    const { results, node } = await sentBy(major);
    expect(results.node).toMatchObject(delivered);
    expectAll(node);
  });

  test("makeMultiplexedTransport, to two projects", async () => {
    const { results, multiplexed } = await sentBy(major);
    expect(results.multiplexed).toMatchObject(delivered);
    for (const ingest of multiplexed) expectAll(ingest);
  });

  test("makeOfflineTransport, after a broken connection", async () => {
    const { results, offline } = await sentBy(major);
    expect(results.offline.again).toBe(true);
    offline.assertClean();
    const names = offline.metrics.map(({ name }) => name);
    expect(names.filter((name) => name === "many")).toHaveLength(100);
  });
});
