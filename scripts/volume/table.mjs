// The table of docs/guides/volume.md, written from a replay and read back to be checked.
import { DAY, SEEDS } from "./settings.mjs";

/** The rows: what the guide calls each set of options. */
const LABELS = {
  raw: "`raw()` for everything",
  sample: "`sample(0.1)` for everything",
  fold: '`fold({ by: "series" })` for everything',
  reservoir: "`reservoir({ size: 50 })` for everything, for 10 seconds",
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
  const { p95ByName } = compared.find(({ set }) => set === "sensible");
  const single = Object.entries(p95ByName).map(([name, p95]) => `\`${name}\` ${percent(p95)}`);
  return [
    `The day is compressed: ${minutes} minutes, each of which stands for ${DAY_HOURS / minutes} hours and has the traffic of a minute of that time, up to ${DAY.peakVisits} visitors a second, ${number(calls)} calls in all. Calls are folded for one minute, unless a row says otherwise.`,
    `Items and bytes are those of one day; errors of counters and of minima and maxima are the largest, all others medians, over the distributions and ${SEEDS} days with other random numbers.`,
    "",
    `| ${HEAD.join(" | ")} |`,
    `|---${"|--:".repeat(HEAD.length - 1)}|`,
    ...lines.map((cells) => `| ${cells.join(" | ")} |`),
    "",
    `Median errors of p95 under the sensible set, for each distribution: ${single.join(", ")}. The fewer series decide about a high percentile, the fewer kept values do.`,
  ].join("\n");
}

/** Reads the rows of the table by the name of their set; `undefined` if one is missing. */
export function readTable(text) {
  const rows = Object.entries(LABELS).map(([set, label]) => [set, readRow(text, label)]);
  return rows.every(([, row]) => row) ? Object.fromEntries(rows) : undefined;
}

function readRow(text, label) {
  const line = text.split("\n").find((each) => each.startsWith(`| ${label} |`));
  if (!line) return undefined;
  const cells = line.slice(2, -2).split(" | ");
  const cell = (name) => cells[HEAD.indexOf(name)];
  const readPercent = (name) => (cell(name) === "exact" ? 0 : parseFloat(cell(name)));
  return {
    items: Number(cell("items").replaceAll(",", "")),
    wireBytes: parseFloat(cell("gzip")) * 1e6,
    billedBytes: parseFloat(cell("billed")) * 1e6,
    saving: Number(cell("beside raw").split("/").at(-1)),
    counterSums: readPercent("counter sums"),
    p95: readPercent("p95"),
  };
}
