import { change, clip, number, quantity } from "./number-text.mjs";
import { bad, faint, line, strong } from "./terminal.mjs";

/** A rate that grew this much is worth a red mark. */
const ALARMING = 3;

/** Every metric before and after, by type, and below it by the attribute that tells most. */
export function printAggregates({ metrics }) {
  const ofType = (type) => metrics.filter((metric) => metric.type === type);
  printCounters(ofType("counter"));
  line();
  printGauges(ofType("gauge"));
  line();
  printDistributions(ofType("distribution"));
}

const cells = (texts, width) => texts.map((text) => text.padStart(width)).join("");

/** The metric, then one entry for each value of its attribute. */
const withGroups = (metric) => [
  { ...metric, label: strong(metric.name.padEnd(34)) },
  ...metric.groups.map((entry) => ({
    ...metric,
    ...entry,
    label: faint(clip(`  ${metric.by}=${entry.value}`, 34).padEnd(34)),
  })),
];

function printCounters(metrics) {
  line(faint(`${"".padEnd(34)}${cells(["before", "", "after"], 13)}`));
  line(faint(`${"counters".padEnd(34)}${cells(["sum", "per min", "sum", "per min", ""], 13)}`));
  for (const { label, before, after } of metrics.flatMap(withGroups)) {
    const sums = [before?.sum, before?.per_minute, after?.sum, after?.per_minute];
    const text = change(before?.per_minute, after?.per_minute).padStart(11);
    const alarming = (after?.per_minute ?? 0) > ALARMING * Math.max(before?.per_minute ?? 0, 1);
    line(`${label}${cells(sums.map(number), 13)}${alarming ? bad(text) : faint(text)}`);
  }
}

function printGauges(metrics) {
  line(faint(`${"".padEnd(34)}${cells(["before", "", "", "after"], 9)}`));
  const titles = ["avg", "min", "max", "avg", "min", "max", "last"];
  line(faint(`${"gauges".padEnd(34)}${cells(titles, 9)}`));
  for (const { label, unit, before, after } of metrics.flatMap(withGroups)) {
    const values = [before?.avg, before?.min, before?.max];
    values.push(after?.avg, after?.min, after?.max, after?.last);
    line(
      label +
        cells(
          values.map((value) => quantity(value, unit)),
          9,
        ),
    );
  }
}

function printDistributions(metrics) {
  const titles = ["sum", "per min", "p50", "p95", "p99"];
  line(faint(`${"distributions".padEnd(42)}${cells(titles, 11)}`));
  for (const { label, unit, before, after } of metrics.flatMap(withGroups)) {
    const grew = (after?.p95 ?? 0) > ALARMING * (before?.p95 ?? 0);
    line(`${label}${faint("before  ")}${distribution(before, unit)}`);
    const text = distribution(after, unit);
    line(`${"".padEnd(34)}${faint("after   ")}${grew ? bad(text) : text}`);
  }
}

function distribution(values, unit) {
  const percentiles = [values?.p50, values?.p95, values?.p99].map((value) => quantity(value, unit));
  return cells([quantity(values?.sum, unit), number(values?.per_minute), ...percentiles], 11);
}
