import { describe, expect, it } from "vitest";
import { findEventChanges } from "../../../src/answers/changes/event-changes.js";

const event = (name: string, inside: number, outside: number) => ({
  kind: "log" as const,
  op: null,
  name,
  inside,
  outside,
  traceIds: [],
});
const traces = { inside: 40, outside: 160 };

describe("the events of a selection", () => {
  it("are those that more or fewer of its traces have, the clearest first", () => {
    const events = [
      event("same", 20, 80),
      event("missing", 0, 100),
      event("new", 30, 8),
      event("a little more", 8, 20),
    ];
    const found = findEventChanges({ traces, events });
    expect(found.map(({ name }) => name)).toEqual(["new", "missing"]);
    expect(found[0]).toMatchObject({
      inside: 0.75,
      outside: 0.05,
      traces: { inside: 30, outside: 8 },
    });
  });

  it("are corrected for the number of events that were compared", () => {
    const one = event("clear alone", 10, 12);
    const others = Array.from({ length: 100 }, (_, place) => event(`same ${place}`, 10, 40));
    expect(findEventChanges({ traces, events: [one] })).toHaveLength(1);
    expect(findEventChanges({ traces, events: [one, ...others] })).toEqual([]);
  });

  it("are none without traces", () => {
    expect(findEventChanges({ traces: { inside: 0, outside: 0 }, events: [] })).toEqual([]);
  });
});
