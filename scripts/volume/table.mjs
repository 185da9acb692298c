// The table of docs/guides/volume.md, written from a replay and read back to be checked.
import { DAY, SEEDS } from "./settings.mjs";

/** The rows: what the guide calls each set of options. */
const LABELS = {
  raw: "`raw()` for everything",
  sample: "`sample(0.1)` for everything",
  fold: '`fold({ by: "series" })` for everything',
  sensible: "the sensible set",
  slim: 'the sensible set, `defaultAttributes: "slim"`',
};
const HEAD = [
  "options",
  "items",
  "gzip",
  "billed",
  "beside raw",
  "counter sums",
  "min, max",
  "count",
  "sum",
  "p50",
  "p95",
  "p99",
];
const DAY_HOURS = 24;

const number = new Intl.NumberFormat("en-GB").format;
const megabytes = (bytes) => `${(bytes / 1e6).toPrecision(3)} MB`;
const percent = (share) => (share === 0 ? "exact" : `${(share * 100).toFixed(1)} %`);

/** Returns the table and what its figures are. */
export function replayTable({ calls, compared }) {
  const [raw] = compared;
  const lines = compared.map(
    ({ set, items, wireBytes, billedBytes, counterSums, extremes, medians }) => [
      LABELS[set],
      number(items),
      megabytes(wireBytes),
      megabytes(billedBytes),
      set === "raw" ? "1" : `1/${Math.floor(raw.billedBytes / billedBytes)}`,
      percent(counterSums),
      percent(extremes),
      ...["count", "sum", "p50", "p95", "p99"].map((key) => percent(medians[key])),
    ],
  );
  const minutes = DAY.seconds / 60;
  return [
    `The day is compressed to ${minutes} minutes: each minute has the traffic of one minute in ${DAY_HOURS / minutes} hours, up to ${DAY.peakVisits} visitors a second, ${number(calls)} calls in all. Intervals are one minute long.`,
    `Items and bytes are those of one day; errors of counters and of minima and maxima are the largest, all others medians, over the distributions and ${SEEDS} days with other random numbers.`,
    "",
    `| ${HEAD.join(" | ")} |`,
    `|---${"|--:".repeat(HEAD.length - 1)}|`,
    ...lines.map((cells) => `| ${cells.join(" | ")} |`),
  ].join("\n");
}
