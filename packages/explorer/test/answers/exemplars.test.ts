import { describe, expect, it } from "vitest";
import type { Queries } from "../../src/answers/queries.js";
import { metric, metricEnvelope, text } from "../support/envelopes.js";
import { envelope, LOG_TYPE, SPAN_TYPE, container } from "../support/envelopes.js";
import { memoryIngest } from "../support/memory-ingest.js";

const NOW = 1_800_000_000;
const traceOf = (index: number): string => String(index).padStart(32, "a");

interface Sent {
  readonly seconds: number;
  readonly value: number;
  readonly route?: string;
  readonly type?: string;
}

/** Each metric has a trace of its own. */
async function filled(sent: readonly Sent[]): Promise<Queries> {
  const { send, queries } = await memoryIngest(() => BigInt(NOW) * 1_000_000_000n);
  send(
    metricEnvelope(
      ...sent.map(({ seconds, value, route, type = "distribution" }, index) =>
        metric({
          name: "m",
          type,
          timestamp: seconds,
          value,
          trace_id: traceOf(index),
          attributes: route === undefined ? {} : { route: text(route) },
        }),
      ),
    ),
  );
  return queries;
}

const options = { since: "4m", interval: "1m" } as const;

describe.each(["counter", "gauge", "distribution"])("the exemplars of a %s", (type) => {
  const sent = Array.from({ length: 400 }, (_, index) => ({
    seconds: NOW - 239 + (index % 238),
    value: 1 + ((index * 7919) % 997),
    type,
  }));

  it("hold the greatest value of each bucket, and at most three of each", async () => {
    const queries = await filled(sent);
    const { exemplars } = await queries.exemplars("m", options);
    const { times } = await queries.series("m", options);
    for (const [bucket, time] of times.entries()) {
      const inside = sent.filter(({ seconds }) => seconds >= time && seconds < time + 60);
      const found = exemplars.filter((each) => each.bucket === bucket);
      expect(found.length).toBeGreaterThan(1);
      expect(found.length).toBeLessThanOrEqual(3);
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      expect(found.find(({ why }) => why === "max")?.value).toBe(
        Math.max(...inside.map(({ value }) => value)),
      );
    }
  });

  it("by chance stay the same while other buckets fill", async () => {
    const queries = await filled(sent);
    const random = async (): Promise<unknown[]> =>
      (await queries.exemplars("m", options)).exemplars.filter(({ why }) => why === "random");
    expect(await random()).toEqual(await random());
  });
});

describe("an exemplar", () => {
  const sent: Sent[] = [
    ...[10, 20, 30, 40, 50].map((value) => ({ seconds: NOW - 30, value, route: "/a" })),
    ...[100, 900].map((value) => ({ seconds: NOW - 20, value, route: "/b" })),
    { seconds: NOW - 10, value: 5 },
  ];

  it("is near the line of its own group", async () => {
    const queries = await filled(sent.slice(0, 5));
    const { exemplars } = await queries.exemplars("m", { ...options, aggregations: ["avg"] });
    expect(exemplars.find(({ why }) => why === "near")?.value).toBe(30);
  });

  it("names its group, its trace and its span's trace", async () => {
    const queries = await filled(sent);
    const { exemplars } = await queries.exemplars("m", {
      ...options,
      by: ["route"],
      top: 1,
      sort: "-max",
    });
    const max = exemplars.find(({ why }) => why === "max");
    expect(max).toMatchObject({ value: 900, group: { route: "/b" }, traceId: traceOf(6) });
    const others = exemplars.filter(({ group }) => group === undefined);
    expect(others.every(({ value }) => value <= 50)).toBe(true);
  });

  it("says how much of its trace is there", async () => {
    const { send, queries } = await memoryIngest(() => BigInt(NOW) * 1_000_000_000n);
    const ids = { trace_id: traceOf(1), span_id: "b".repeat(16) };
    send(metricEnvelope(metric({ name: "m", timestamp: NOW - 1, ...ids })));
    const span = {
      ...ids,
      name: "s",
      start_timestamp: NOW - 2,
      end_timestamp: NOW - 1,
      is_segment: true,
      status: "ok",
    };
    const log = { ...ids, timestamp: NOW - 1, level: "info", body: "l" };
    send(envelope([container("span", SPAN_TYPE, [span])]));
    send(envelope([container("log", LOG_TYPE, [log, log])]));
    send(
      envelope([
        {
          header: { type: "event" },
          payload: JSON.stringify({ contexts: { trace: ids }, message: "e" }),
        },
      ]),
    );
    const { exemplars } = await queries.exemplars("m", options);
    expect(exemplars).toMatchObject([{ why: "max", trace: { spans: 1, errors: 1, logs: 2 } }]);
  });

  it("is one of as many as asked for", async () => {
    const queries = await filled(sent);
    const { exemplars } = await queries.exemplars("m", { ...options, per: 1 });
    expect(exemplars).toMatchObject([{ why: "max", value: 900 }]);
    await expect(queries.exemplars("m", { per: 4 })).rejects.toThrow(
      /per must be a whole number from 1 to 3/,
    );
  });
});
