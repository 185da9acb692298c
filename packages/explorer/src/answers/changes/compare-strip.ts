import type { Changes, SkippedKey } from "../../model/changes.js";
import type { MetricType } from "../../model/metric.js";
import type { Measure } from "./block-sums.js";
import { countSides, isTooLittle, withoutValue } from "./chosen-items.js";
import type { ComparedColumns } from "./compared-items.js";
import type { ComparedValues } from "./compare-selection.js";
import type { ComparisonTools } from "./compare-shares.js";
import { compareTimes, type TimeComparison, type TimeMeasure } from "./compare-times.js";
import { nameValues, presentChange } from "./name-values.js";
import { createTimeBlocks, type Strip } from "./time-blocks.js";
import type { TableValue, ValueTable } from "./value-table.js";

/** Values that are named one after another, each without the items of those before. */
const MOST_CHANGES = 3;

/** Compares a strip of time with the time before it: which values changed more than everything else. */
export async function compareStrip(
  columns: ComparedColumns,
  table: ValueTable,
  { type, strip, tools }: { type: MetricType; strip: Strip; tools: ComparisonTools },
): Promise<ComparedValues> {
  const time = readMeasure(columns, type, strip);
  let chosen: Int32Array = Int32Array.from(columns.seqs, (_, item) => item);
  const whole = await compareTimes(columns, table, chosen, { time, tools });
  const { kind, threshold } = time.measure;
  const answer: ComparedValues = {
    outcome: "nothing",
    measure: { kind, ...(threshold !== undefined && { threshold }), ...whole.whole },
    changes: [],
    permutations: whole.permutations,
    ...checkedValues(table, whole),
  };
  let comparison: TimeComparison = whole;
  while (answer.changes.length < MOST_CHANGES) {
    const { found } = comparison;
    const [line] = await nameValues(columns, table, chosen, { found, slices: tools.slices });
    if (line === undefined) break;
    const { effect } = line.first;
    answer.changes.push({ ...presentChange(columns, table, chosen, line), effect });
    answer.outcome = "changed";
    chosen = withoutValue(table, chosen, line.first.value);
    const sides = countSides(columns, chosen);
    const { items } = sides;
    if (isTooLittle(sides)) {
      answer.restAfterFirst ??= { outcome: "too-little", items, p: 1 };
      break;
    }
    comparison = await compareTimes(columns, table, chosen, { time, tools });
    answer.restAfterFirst ??= restOf(comparison, items);
  }
  return answer;
}

function restOf(
  { whole: { inside, outside, p }, found }: TimeComparison,
  items: { inside: number; outside: number },
): Changes["restAfterFirst"] & object {
  const outcome = found.length > 0 ? "changed" : "nothing";
  return { outcome, items, p, measure: { inside, outside } };
}

function readMeasure(columns: ComparedColumns, type: MetricType, strip: Strip): TimeMeasure {
  const blocks = createTimeBlocks(strip);
  const inside = blocks.isInside.reduce((sum, each) => sum + each, 0);
  const blockMinutes = {
    inside: (strip.to - strip.from) / 60 / inside,
    outside: strip.from / 60 / (blocks.count - inside),
  };
  const kind = KINDS[type];
  const threshold = kind === "share-above" ? highOfBaseline(columns) : undefined;
  return { measure: { kind, threshold, blockMinutes }, blocks };
}

/** Percentiles cannot be added up, but the calls above the 95th percentile of the baseline can. */
const KINDS: Readonly<Record<MetricType, Measure["kind"]>> = {
  distribution: "share-above",
  counter: "rate",
  gauge: "average",
};

const HIGH = 0.95;

function highOfBaseline({ values, weights, isInside }: ComparedColumns): number {
  const items = [...values.keys()].filter((item) => isInside[item] === 0);
  items.sort((one, other) => (values[one] as number) - (values[other] as number));
  const total = items.reduce((sum, item) => sum + (weights[item] as number), 0);
  let reached = 0;
  for (const item of items) {
    reached += weights[item] as number;
    if (reached >= total * HIGH * (1 - 1e-9)) return values[item] as number;
  }
  return 0;
}

function checkedValues(
  table: ValueTable,
  { compared }: TimeComparison,
): Pick<Changes, "checked" | "skipped"> {
  const keyOf = (value: number): string => (table.values[value] as TableValue).key;
  const checked = new Set(compared.map(keyOf));
  const oneSided = [...new Set(table.values.map(({ key }) => key))]
    .filter((key) => !checked.has(key))
    .map((key): SkippedKey => {
      const values = table.values.filter((each) => each.key === key && each.value !== null).length;
      return { key, reason: "not-on-both-sides", values };
    });
  return {
    checked: { keys: checked.size, values: compared.length },
    skipped: [...table.skipped, ...oneSided].sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}
