// The figures in README.md from docs/benchmarks.md: Spanmeter's medians, and those of its peers as
// multiples of them.
const ROWS = [
  "caller's cost of one `distribution`, 3 attributes, in an active span",
  "whole CPU cost of one raw metric, 3 attributes",
  "whole CPU cost of one raw metric, 10 attributes, 3 of them new text each call",
  "a `distribution` before `init`",
  "heap allocated per raw metric between flushes",
  "longest pause of the event loop while 1 000 metrics are flushed",
  "bytes on the wire per metric, batches of 50",
  "cold start in node: import and `init`",
];
const PEERS = ["@sentry/node", "OpenTelemetry", "posthog-node"];

/** Reads the table of the page. Returns Spanmeter's median and the ratio of each peer by title. */
function readPage(page) {
  const rows = new Map();
  let row;
  for (const line of page.split("\n").filter((each) => each.startsWith("| "))) {
    const [title, who, median, ratio] = line.slice(2).split(" | ");
    if (who?.startsWith("**")) rows.set(title, (row = { median, ratios: {} }));
    else if (row) row.ratios[who] = ratio;
  }
  return rows;
}

/** Returns the table for README.md. Throws if the page lacks a row. */
export function benchmarkTable(page) {
  const rows = readPage(page);
  const lines = ROWS.map((title) => {
    const row = rows.get(title);
    if (!row) throw new Error(`docs/benchmarks.md lacks the row "${title}"`);
    return `| ${[title, row.median, ...PEERS.map((peer) => row.ratios[peer] ?? "")].join(" | ")} |`;
  });
  return [
    `| what it costs | Spanmeter | ${PEERS.map((peer) => `\`${peer}\``).join(" | ")} |`,
    `|---|--:|${PEERS.map(() => "--:|").join("")}`,
    ...lines,
  ].join("\n");
}
