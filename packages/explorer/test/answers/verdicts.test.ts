import { describe, expect, it } from "vitest";
import { NOTE_CODES } from "../../src/model/note-code.js";
import { fixOf } from "../../src/answers/fixes.js";
import type { Finding } from "../../src/model/finding.js";
import { metric, metricEnvelope, nowSeconds, text, TRACE_ID } from "../support/envelopes.js";
import { memoryIngest, type MemoryIngest } from "../support/memory-ingest.js";

const parts = ({ name, code, field, before, after }: Finding): unknown[] => [
  name,
  code,
  field,
  before,
  after,
];

describe("verdicts", () => {
  it("are counted by name and reason, with the newest example and its fix", async () => {
    const { queries, send } = await memoryIngest();
    const old = nowSeconds() - 50;
    send(
      metricEnvelope(
        metric(),
        metric({ value: null }),
        metric({ unit: "furlong" }),
        metric({ unit: "parsec", timestamp: old }),
        metric({ name: "other-name" }),
      ),
    );
    const { counts, total } = await queries.verdicts();
    expect(total).toEqual({ notes: 4, counts: 3 });
    expect(counts).toMatchObject([
      {
        kind: "metric",
        name: "checkout.started",
        verdict: "changed",
        code: "unit_normalized",
        count: 2,
        field: "unit",
        before: "furlong",
        after: "none",
        fix: "Use a unit that Sentry knows, such as millisecond, byte or percent, or none",
      },
      {
        kind: "metric",
        name: "checkout.started",
        verdict: "dropped",
        code: "invalid_value",
        count: 1,
        field: "value",
        before: "null",
        message: "value must be a finite number, not null",
        fix: "Check the number before the call: NaN, infinity and text are no values",
      },
      {
        kind: "metric",
        name: "other_name",
        verdict: "changed",
        code: "name_normalized",
        count: 1,
        field: "name",
        before: "other-name",
        after: "other_name",
        fix: "Use only letters, digits, _ and . in names of metrics",
      },
    ]);
    expect(counts[1]).not.toHaveProperty("after");
    expect(counts.map(({ lastSeen }) => Date.parse(lastSeen) / 1000 - old)).toSatisfy(
      (ages: number[]) => ages.every((age) => age > 40),
    );
  });

  it("show what was sent, and what Sentry stores instead", async () => {
    const { queries, send } = await memoryIngest();
    const long = "x-".repeat(200);
    send(
      metricEnvelope(
        metric({ name: "a", attributes: { bad: { value: 1 }, good: text("x") } }),
        metric({ name: "b", value: "text" }),
        metric({ name: "c", span_id: "abc" }),
        metric({ name: "d", type: undefined }),
        metric({ name: "e", trace_id: 7 }),
        metric({
          name: "f",
          attributes: { "sentry.client_sample_rate": { value: 2, type: "double" } },
        }),
        metric({ name: "g", unit: "ms" }),
        metric({ name: long }),
      ).replace('"value":"text"', '"value":1e999'),
    );
    const { findings } = await queries.verdicts();
    const found = findings.map(parts).sort((one, other) => (String(one) < String(other) ? -1 : 1));
    expect(found).toEqual([
      ["a", "attribute_removed", "attributes", 'bad={"value":1}', undefined],
      ["b", "invalid_value", "value", "Infinity", undefined],
      ["c", "span_id_removed", "span_id", "abc", undefined],
      ["d", "invalid_type", "type", undefined, undefined],
      ["e", "invalid_trace_id", "trace_id", "7", undefined],
      ["f", "sample_rate_ignored", "weight", "1 / 2", "1"],
      ["g", "unit_normalized", "unit", "ms", "millisecond"],
      [
        "x_".repeat(200),
        "name_normalized",
        "name",
        `${long.slice(0, 200)}…`,
        `${"x_".repeat(100)}…`,
      ],
    ]);
    expect(findings[0]).toMatchObject({ kind: "metric", type: "counter", traceId: TRACE_ID });
  });

  it("show a value that a double cannot hold as it was sent, and as it is stored", async () => {
    const { queries, send } = await memoryIngest();
    send(metricEnvelope(metric({ value: 4 })).replace('"value":4', '"value":9007199254740993'));
    const { findings } = await queries.verdicts({ code: "value_rounded" });
    expect(findings.map(parts)).toEqual([
      ["checkout.started", "value_rounded", "value", "9007199254740993", "9007199254740992"],
    ]);
  });

  it("show moved times", async () => {
    const now = 1_800_000_000n * 1_000_000_000n;
    const { queries, send } = await memoryIngest(() => now);
    send(metricEnvelope(metric({ timestamp: 1_800_000_100 })));
    const { findings } = await queries.verdicts();
    expect(findings.map(({ before, after }) => [before, after])).toEqual([
      ["2027-01-15T08:01:40.000000000Z", "2027-01-15T08:00:00.000000000Z"],
    ]);
  });

  it("can be chosen by metric, code, verdict and time", async () => {
    const { queries, send } = await filled();
    send(metricEnvelope(metric({ name: "both", value: null, unit: "parsec" })));
    const found = async (options: Parameters<typeof queries.verdicts>[0]): Promise<unknown[]> => {
      const { counts, findings } = await queries.verdicts(options);
      const ofCounts = counts.flatMap(({ code, count }) =>
        Array.from({ length: count }, () => code),
      );
      expect(ofCounts.sort()).toEqual(findings.map(({ code }) => code).sort());
      return findings.map(({ name, code }) => `${name} ${code}`).sort();
    };
    expect(await found({ metric: "both" })).toEqual(["both invalid_value", "both unit_normalized"]);
    expect(await found({ metric: "both", code: "unit_normalized" })).toEqual([
      "both unit_normalized",
    ]);
    expect(await found({ verdict: "dropped", since: "10s" })).toEqual([
      "both invalid_value",
      "both unit_normalized",
    ]);
    expect(await found({ until: "30s" })).toHaveLength(10);
  });

  it("of a known metric without notes are none; of an unknown one they are an error", async () => {
    const { queries, send } = await memoryIngest();
    send(metricEnvelope(metric()));
    expect(await queries.verdicts({ metric: "checkout.started" })).toEqual({
      counts: [],
      total: { notes: 0, counts: 0 },
      findings: [],
    });
    await expect(queries.verdicts({ metric: "checkout.starte" })).rejects.toThrow(
      /Did you mean "checkout.started"/,
    );
  });

  it("are read page by page, each once, also when items arrive meanwhile", async () => {
    const { queries, send } = await filled();
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const { findings, next } = await queries.verdicts({ limit: 3, cursor });
      expect(findings.length).toBeLessThanOrEqual(3);
      ids.push(...findings.map(({ id }) => id));
      cursor = next;
      send(metricEnvelope(metric({ value: null })));
    } while (cursor !== undefined);
    expect(ids.sort()).toEqual(Array.from({ length: 10 }, (_, index) => String(index + 1)).sort());
  });

  it.each([
    [{ code: "wrong" }, /code is "wrong"; valid are attribute_removed,/],
    [{ verdict: "lost" }, /valid are accepted, changed, dropped/],
    [{ limit: 1001 }, /limit must be a whole number from 1 to 1000/],
    [{ cursor: "x" }, /give the "next" of an answer/],
  ])("are refused with %j", async (options, message) => {
    const { queries } = await memoryIngest();
    await expect(queries.verdicts(options)).rejects.toThrow(message);
  });
});

/** Ten metrics with a note, a minute old, three of them at a time. */
async function filled(): Promise<MemoryIngest> {
  const ingest = await memoryIngest();
  const start = nowSeconds() - 60;
  ingest.send(
    metricEnvelope(
      ...Array.from({ length: 10 }, (_, index) =>
        metric({ unit: "parsec", timestamp: start + (index % 3) }),
      ),
    ),
  );
  return ingest;
}

describe("the fix", () => {
  it.each(NOTE_CODES)("of %s is one short line", (code) => {
    expect(fixOf(code)).toMatch(/^[A-Z].{10,90}[^.]$/);
  });

  it("of a code of another version is empty", () => {
    expect([fixOf("constructor"), fixOf("of_tomorrow")]).toEqual(["", ""]);
  });
});
