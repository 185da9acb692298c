import type { EventChange } from "../../model/changes.js";
import type { ComparedEvents } from "../../store/compared-item.js";
import { SIGNIFICANT } from "./evidence.js";
import { createFisher } from "./fisher.js";

const MOST_EVENTS = 10;
const LEAST_DIFFERENCE = 0.1;

/** Finds the spans, errors and logs that more or fewer traces of a selection have than of its baseline. */
export function findEventChanges({ traces, events }: ComparedEvents): EventChange[] {
  const fisher = createFisher(traces.inside + traces.outside);
  return events
    .map(({ kind, op, name, inside, outside, traceIds }): EventChange => {
      const p = fisher(
        { having: inside, of: traces.inside },
        { having: outside, of: traces.outside },
      );
      return {
        kind,
        ...(op !== null && { op }),
        name,
        inside: inside / traces.inside,
        outside: outside / traces.outside,
        traces: { inside, outside },
        // As many tests find something by chance (Bonferroni).
        p: Math.min(1, p * events.length),
        traceIds: [...traceIds],
      };
    })
    .filter(({ p, ...each }) => p < SIGNIFICANT && differenceOf(each) >= LEAST_DIFFERENCE)
    .sort((one, other) => one.p - other.p || differenceOf(other) - differenceOf(one))
    .slice(0, MOST_EVENTS);
}

const differenceOf = ({ inside, outside }: Pick<EventChange, "inside" | "outside">): number =>
  Math.abs(inside - outside);
