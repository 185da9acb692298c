import { change, clip, number, quantity } from "./number-text.mjs";
import { bad, faint, line, NARROW, strong } from "./terminal.mjs";

/** Rates and percentiles that grew by more than this factor are printed in red. */
const ALARM_FACTOR = 3;

/** Prints every metric before and after, by type, with a line for each value of its main attribute. */
export function printAggregates({ metrics }) {
  const ofType = (type) => metrics.filter((metric) => metric.type === type);
  printCounters(ofType("counter"));
  line();
  printGauges(ofType("gauge"));
  line();
  printDistributions(ofType("distribution"));
}

const cells = (texts, width) => texts.map((text) => text.padStart(width)).join("");

/** The width of the first column and of the others, in characters. */
const COUNTERS = NARROW ? [29, 10] : [34, 13];
const GAUGES = NARROW ? [23, 8] : [34, 9];
const DISTRIBUTIONS = NARROW ? [26, 9] : [34, 11];
const BEFORE = "before  ";
const AFTER = "after   ";

/** Returns the metric, then one entry for each value of its main attribute. */
const withGroups = (width) => (metric) => [
  { ...metric, label: strong(clip(metric.name, width - 1).padEnd(width)) },
  ...metric.groups.map((entry) => ({
    ...metric,
    ...entry,
    label: faint(clip(`  ${metric.by}=${entry.value}`, width - 1).padEnd(width)),
  })),
];

function printCounters(metrics) {
  const [first, width] = COUNTERS;
  line(faint(`${"".padEnd(first)}${cells(["before", "", "after"], width)}`));
  line(faint(`${"counters".padEnd(first)}${cells(["sum", "per min", "sum", "per min"], width)}`));
  for (const { label, before, after } of metrics.flatMap(withGroups(first))) {
    const sums = [before?.sum, before?.per_minute, after?.sum, after?.per_minute];
    const text = change(before?.per_minute, after?.per_minute).padStart(10);
    const alarming = (after?.per_minute ?? 0) > ALARM_FACTOR * Math.max(before?.per_minute ?? 0, 1);
    line(`${label}${cells(sums.map(number), width)}${alarming ? bad(text) : faint(text)}`);
  }
}

function printGauges(metrics) {
  const [first, width] = GAUGES;
  line(faint(`${"".padEnd(first)}${cells(["before", "", "", "after"], width)}`));
  const titles = ["avg", "min", "max", "avg", "min", "max", "last"];
  line(faint(`${"gauges".padEnd(first)}${cells(titles, width)}`));
  for (const { label, unit, before, after } of metrics.flatMap(withGroups(first))) {
    const values = [before?.avg, before?.min, before?.max];
    values.push(after?.avg, after?.min, after?.max, after?.last);
    const texts = values.map((value) => quantity(value, unit));
    line(label + cells(texts, width));
  }
}

function printDistributions(metrics) {
  const [first, width] = DISTRIBUTIONS;
  const titles = ["sum", "per min", "p50", "p95", "p99"];
  line(faint(`${"distributions".padEnd(first + BEFORE.length)}${cells(titles, width)}`));
  for (const { label, unit, before, after } of metrics.flatMap(withGroups(first))) {
    const grew = (after?.p95 ?? 0) > ALARM_FACTOR * (before?.p95 ?? 0);
    line(`${label}${faint(BEFORE)}${distribution(before, unit)}`);
    const text = distribution(after, unit);
    line(`${"".padEnd(first)}${faint(AFTER)}${grew ? bad(text) : text}`);
  }
}

function distribution(values, unit) {
  const percentiles = [values?.p50, values?.p95, values?.p99].map((value) => quantity(value, unit));
  const texts = [quantity(values?.sum, unit), number(values?.per_minute), ...percentiles];
  return cells(texts, DISTRIBUTIONS[1]);
}
