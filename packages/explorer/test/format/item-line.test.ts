import { describe, expect, it } from "vitest";
import { chooseColours } from "../../src/format/colour.js";
import { describeItem } from "../../src/format/item-line.js";
import type { Item } from "../../src/index.js";

const plain = chooseColours(false, {});

const metric = (over: Partial<Item> = {}): Item => ({
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
    expect(describeItem(metric(), plain)).toBe("gauge queue.depth 3");
    expect(describeItem(metric(), chooseColours(true, {}))).toMatch(/ 3$/);
  });

  it("cuts attributes to the room there is, but to no less than a few characters", () => {
    const item = metric({ attributes: { region: "eu-central-1", queue: "mail" } });
    expect(describeItem(item, plain)).toBe("gauge queue.depth 3 region=eu-central-1 queue=mail");
    expect(describeItem(item, plain, 40)).toBe("gauge queue.depth 3 region=eu-central-1…");
    expect(describeItem(item, plain, 10)).toBe("gauge queue.depth 3 region=eu-c…");
  });

  it("never leaves the name blank", () => {
    expect(describeItem(metric({ name: " " }), plain)).toBe("gauge (no name) 3");
  });
});
