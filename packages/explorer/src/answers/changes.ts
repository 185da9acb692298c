import type { Changes, InsideOutside } from "../model/changes.js";
import type { MetricIdentity } from "../model/metric.js";
import {
  readChangeQuestion,
  type ChangeOptions,
  type ChangeQuestion,
  type Selection,
} from "../questions/change-question.js";
import { notFound } from "../questions/query-error.js";
import type { TimeRange } from "../questions/time-range.js";
import { createSlices } from "../runtime/slices.js";
import type { ComparisonQuestion } from "../store/compared-item.js";
import type { Store } from "../store/store.js";
import { countSides, isTooLittle } from "./changes/chosen-items.js";
import { compareSelection } from "./changes/compare-selection.js";
import { compareStrip } from "./changes/compare-strip.js";
import { findEventChanges } from "./changes/event-changes.js";
import { createRandom } from "./changes/random.js";
import { readItems, type ReadItems } from "./changes/read-items.js";
import { createValueTable } from "./changes/value-table.js";
import { findMetric } from "./metric-identity.js";
import { shownRange } from "./shown-range.js";

/** Compares a selection with its baseline. Rejects with a `QueryError` when there is no answer. */
export async function changes(
  store: Store,
  name: string,
  { options, nowNs }: { options: ChangeOptions; nowNs: bigint },
): Promise<Changes> {
  const metric = await findMetric(store, name, options);
  const question = readChangeQuestion(options, nowNs);
  const comparison = await comparisonOf(store, metric, question);
  const slices = createSlices();
  const items = await readItems(store, comparison, slices);
  const { columns } = items;
  const sides = countSides(
    columns,
    Int32Array.from(columns.seqs, (_, item) => item),
  );
  await slices.rest();
  const start = { ...presentSides(comparison, items, sides.traces), seed: question.seed };
  const tools = { random: createRandom(question.seed), slices };
  const table = await createValueTable(columns, slices);
  if (isTooLittle(sides)) {
    const checked = { keys: 0, values: 0 };
    const skipped = [...table.skipped];
    return {
      ...start,
      outcome: "too-little",
      changes: [],
      events: [],
      checked,
      skipped,
      permutations: 0,
    };
  }
  const { inside, range } = comparison;
  const seconds = (ns: bigint): number => Number(ns - range.sinceNs) / 1e9;
  const values =
    inside.by === "time"
      ? await compareStrip(columns, table, {
          type: metric.type,
          strip: { from: seconds(inside.sinceNs), to: seconds(range.untilNs) },
          tools,
        })
      : await compareSelection(columns, table, tools);
  const events = findEventChanges(await store.comparedEvents(comparison));
  return { ...start, ...values, events };
}

async function comparisonOf(
  store: Store,
  metric: MetricIdentity,
  { filters, selection }: ChangeQuestion,
): Promise<ComparisonQuestion> {
  const range = await rangeOf(store, metric, selection);
  switch (selection.by) {
    case "time": {
      const inside = { by: "time", sinceNs: selection.range.sinceNs } as const;
      return { metric, filters, range, inside };
    }
    case "id":
    case "value":
      return { metric, filters, range, inside: selection };
  }
}

async function rangeOf(
  store: Store,
  metric: MetricIdentity,
  selection: Selection,
): Promise<TimeRange> {
  if (selection.by === "value") return selection.range;
  if (selection.by === "time") return { ...selection.range, sinceNs: selection.baselineNs };
  const times = await store.timesOf(metric, selection.seqs);
  if (times === undefined) throw notFound(`None of the ids is that of a "${metric.name}"`);
  return { sinceNs: times.firstNs, untilNs: times.lastNs + 1n, isOpen: false };
}

function presentSides(
  { metric, inside, range }: ComparisonQuestion,
  { stored, read }: ReadItems,
  traces: InsideOutside,
): Pick<Changes, "metric" | "compared" | "selection" | "baseline" | "sampled"> {
  const isStrip = inside.by === "time";
  const ranges = isStrip
    ? {
        inside: { ...range, sinceNs: inside.sinceNs },
        outside: { ...range, untilNs: inside.sinceNs },
      }
    : { inside: range, outside: range };
  const side = (name: keyof InsideOutside): Changes["selection"] => ({
    range: shownRange(ranges[name]),
    items: stored[name],
    traces: traces[name],
  });
  const isSampled = read.inside < stored.inside || read.outside < stored.outside;
  return {
    metric,
    compared: isStrip ? "before" : "same-time",
    selection: side("inside"),
    baseline: side("outside"),
    ...(isSampled && { sampled: { read, stored } }),
  };
}
