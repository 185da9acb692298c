import { describe, expect, it } from "vitest";
import { chooseColours } from "../../../src/format/text/colour.js";
import { formatTrace } from "../../../src/format/items/waterfall.js";
import type { Item, Trace, TraceSpan } from "../../../src/index.js";

const plain = chooseColours(false, {});

const item = (over: Partial<Item>): Item => ({
  id: "1",
  kind: "span",
  verdict: "accepted",
  notes: [],
  time: "2026-01-01T00:00:00.000000000Z",
  timestamp: 1_767_225_600,
  receivedAt: "2026-01-01T00:00:00.000000000Z",
  name: "n",
  weight: 1,
  attributes: {},
  ...over,
});

const entry = (
  name: string,
  [depth, offsetMs, durationMs]: [number, number, number],
  more: Partial<TraceSpan> = {},
): TraceSpan => ({
  span: item({ name, durationMs }),
  depth,
  offsetMs,
  items: [],
  ...more,
});

const trace = (spans: TraceSpan[], durationMs: number): Trace => ({
  traceId: "t",
  start: "2026-01-01T00:00:00.000000000Z",
  durationMs,
  spans,
  unattached: [],
  truncated: false,
});

describe("a waterfall", () => {
  it("draws each span at its time in the trace, with its items below it", () => {
    const metric = item({
      kind: "metric",
      type: "gauge",
      name: "pool",
      value: 0.5,
      unit: "ratio",
      weight: 4,
    });
    const failed = item({ name: "query", durationMs: 50, status: "internal_error", op: "db" });
    const lines = formatTrace(
      trace(
        [entry("root", [0, 0, 100]), entry("", [1, 50, 50], { span: failed, items: [metric] })],
        100,
      ),
      plain,
    ).split("\n");
    expect(lines).toEqual([
      "trace t  2 spans, 100 ms, from 2026-01-01T00:00:00Z",
      `root                     ${"█".repeat(30)}    100 ms`,
      `  db query               ${" ".repeat(15)}${"█".repeat(15)}     50 ms internal_error`,
      "    · gauge pool 0.5 (4 calls)",
    ]);
  });

  it("keeps every bar inside its column, whatever the times are", () => {
    const spans = [
      entry("early", [0, -50, 10]),
      entry("late", [0, 500, 10]),
      entry("long", [0, 90, 1000]),
      entry("point", [0, 100, 0]),
    ];
    for (const line of formatTrace(trace(spans, 100), plain).split("\n").slice(1)) {
      const bar = line.slice(25, 55);
      expect(bar).toMatch(/^ *█+ *$/);
    }
  });

  it("of no duration at all still shows its spans", () => {
    expect(formatTrace(trace([entry("only", [0, 0, 0])], 0), plain)).toContain("only ");
  });

  it("cuts labels that are too long to leave room for bars", () => {
    const text = formatTrace(trace([entry("x".repeat(200), [0, 0, 1])], 1), plain);
    expect(text.split("\n")[1]).toMatch(/^x{59}… █/);
  });

  it("fits a narrow terminal: shorter bars, cut labels and attributes", () => {
    const metric = item({
      kind: "metric",
      name: "cart",
      value: 1,
      attributes: { a: "x".repeat(99) },
    });
    const long = item({ name: "y".repeat(99), durationMs: 1, status: "internal_error" });
    const spans = [entry("", [0, 0, 1], { span: long, items: [metric] })];
    const unattached = [item({ kind: "log", name: "late", attributes: { b: "z".repeat(99) } })];
    const lines = formatTrace({ ...trace(spans, 1), unattached }, plain, 80).split("\n");
    expect(lines[1]).toMatch(/^y{33}… █{20} +1 ms internal_error$/);
    expect(lines.map((line) => line.length).filter((length) => length > 80)).toEqual([]);
  });

  it.each([80, 70, 60, 50, 40])("never exceeds %d characters, and has every value", (width) => {
    const notes = [{ code: "c", message: "value must be a finite number, not null" }];
    const metric = item({
      kind: "metric",
      name: "cart.total",
      value: 1,
      verdict: "dropped",
      notes,
    });
    const failed = item({ name: "y".repeat(99), durationMs: 1, status: "internal_error" });
    const spans = [
      entry("", [0, 0, 1], { span: failed, items: [metric] }),
      entry("deep", [30, 0, 1], { items: [metric] }),
    ];
    const id = "0123456789abcdef0123456789abcdef";
    const text = formatTrace(
      { ...trace(spans, 1), traceId: id, unattached: [metric] },
      plain,
      width,
    );
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(width);
    for (const part of [id, "internal_error", "1 ms", "finite", "counter cart.total 1".slice(8)])
      expect(text).toContain(part);
  });

  it("counts one span as one", () => {
    expect(formatTrace(trace([entry("only", [0, 0, 1])], 1), plain)).toContain(" 1 span, ");
  });

  it("shows that the trace has more items than were read", () => {
    expect(formatTrace({ ...trace([], 0), truncated: true }, plain)).toContain(
      "cut at the first 10,000 items",
    );
  });
});
