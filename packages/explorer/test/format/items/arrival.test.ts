import { describe, expect, it } from "vitest";
import { formatArrival } from "../../../src/format/items/arrival.js";
import { chooseColours } from "../../../src/format/text/colour.js";
import type { Item } from "../../../src/index.js";

const colours = chooseColours(false, {});
const TRACE = "0123456789abcdef0123456789abcdef";

const metric = (over: Partial<Item> = {}): Item => ({
  id: "1",
  kind: "metric",
  verdict: "accepted",
  notes: [],
  time: "2026-01-01T12:34:56.789000000Z",
  timestamp: 1_767_270_896.789,
  receivedAt: "2026-01-01T12:34:57.000000000Z",
  name: "checkout.started",
  type: "counter",
  value: 1,
  weight: 1,
  traceId: TRACE,
  attributes: { route: "/cart" },
  ...over,
});

const lines = (width: number | undefined, over: Partial<Item> = {}): string[] =>
  formatArrival(metric(over), { colours, width });

describe("an item that arrives", () => {
  it("has its whole trace id in a pipe and in a wide terminal", () => {
    const line = `12:34:56.789 counter checkout.started 1 route=/cart trace ${TRACE}`;
    expect(lines(undefined)).toEqual([line]);
    expect(lines(120)).toEqual([line]);
  });

  it.each([
    [80, "12:34:56.789 counter checkout.started 1 route=/cart trace 01234567"],
    [60, "12:34:56.789 counter checkout.started 1 trace 01234567"],
    [40, "12:34:56 counter checkout.st… 1 01234567"],
  ])("has a short trace id in a terminal of %d characters", (width, line) => {
    expect(lines(width)).toEqual([line]);
    expect(line.length).toBeLessThanOrEqual(width);
  });

  it("has its delay when it was sent late", () => {
    const late = { receivedAt: "2026-01-01T14:34:56.789000000Z" };
    expect(lines(undefined, late)[0]).toMatch(/^2026-01-01 12:34:56 \(2 h late\) counter /);
    expect(lines(40, late)).toEqual(["01-01 12:34:56 (2 h late) coun… 01234567"]);
    expect(lines(undefined, { receivedAt: "2026-01-01T12:35:50.000000000Z" })[0]).toMatch(
      /^12:34:56\.789 counter /,
    );
  });
});
