import { describe, expect, it } from "vitest";
import { chooseColours } from "../../../src/format/text/colour.js";
import { itemLines } from "../../../src/format/items/item-line.js";
import type { Item } from "../../../src/index.js";

const plain = chooseColours(false, {});

const metric = (over: Partial<Item> = {}): Item => ({
  id: "1",
  kind: "metric",
  verdict: "accepted",
  notes: [],
  time: "2026-01-01T00:00:00.000000000Z",
  timestamp: 1_767_225_600,
  receivedAt: "2026-01-01T00:00:00.000000000Z",
  name: "queue.depth",
  type: "gauge",
  value: 3,
  weight: 1,
  attributes: {},
  ...over,
});

describe("the line of an item", () => {
  it("without attributes ends with its value, in colour too", () => {
    expect(itemLines(metric(), plain)).toEqual(["gauge queue.depth 3"]);
    expect(itemLines(metric(), chooseColours(true, {}))[0]).toMatch(/ 3$/);
  });

  it("cuts attributes to the available width, and leaves them out when it is too small", () => {
    const item = metric({ attributes: { region: "eu-central-1", queue: "mail" } });
    const line = (room?: number) => itemLines(item, plain, room === undefined ? {} : { room })[0];
    expect(line()).toBe("gauge queue.depth 3 region=eu-central-1 queue=mail");
    expect(line(40)).toBe("gauge queue.depth 3 region=eu-central-1…");
    expect(line(28)).toBe("gauge queue.depth 3 region=…");
    expect(line(27)).toBe("gauge queue.depth 3");
  });

  it("cuts the name before it cuts anything else", () => {
    expect(itemLines(metric(), plain, { room: 16 })).toEqual(["gauge queue.d… 3"]);
    expect(itemLines(metric(), plain, { room: 10 })).toEqual(["gauge que…"]);
  });

  it("is followed by the notes that have no room in it, broken between words", () => {
    const notes = [{ code: "c", message: "value must be a finite number, not null" }];
    const item = metric({ verdict: "dropped", notes, attributes: { a: "x".repeat(40) } });
    expect(itemLines(item, plain, { room: 80 })).toEqual([
      `gauge queue.depth 3 a=${"x".repeat(6)}… [dropped: value must be a finite number, not null]`,
    ]);
    expect(itemLines(item, plain, { room: 30, noteWidth: 34 })).toEqual([
      `gauge queue.depth 3 a=${"x".repeat(7)}…`,
      "[dropped: value must be a finite",
      "number, not null]",
    ]);
  });

  it("never leaves the name blank", () => {
    expect(itemLines(metric({ name: " " }), plain)).toEqual(["gauge (no name) 3"]);
  });
});
