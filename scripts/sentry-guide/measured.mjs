// The table in docs/guides/sentry.md from the part "Behind `Sentry.metrics`" of docs/reliability.md.
import { HEADING } from "../reliability/behind-sentry-page.mjs";

/** Rows of the faults: what the guide calls them, and their names on that page. */
const FAULTS = [
  ["the server refuses every connection for a while", "refuse"],
  ["it answers 503 for a while", "HTTP 503"],
  ["it limits metrics for a second (429)", "429 Retry-After in seconds"],
  ["it limits metrics for a minute (429), and the process ends before", "429 bare"],
  ["it answers 400: the metrics cannot be delivered", "HTTP 400"],
  [
    "it stores an envelope, and the connection breaks before the answer",
    "reset after reading, counted",
  ],
  ["200 000 calls in one task", "none, a burst"],
];
/** Rows of process ends, with the moment: the first or the second column of that page. */
const ENDS = [
  ["the process ends by itself", "natural", 0],
  ["it ends by itself while the server is down; a next process runs", "natural", 1],
  ["`process.exit()`", "exit", 0],
  ["`process.exit()` while the server is down; a next process runs", "exit", 1],
  ["SIGTERM", "SIGTERM", 0],
  ["an uncaught error", "throw", 0],
  ["`process.exit()` in a worker thread", "thread: exit", 0],
];
const PAGES = [
  ["a visitor goes to another page of the site", "goes to another page"],
  ["a visitor closes the tab and comes back", "closes the tab"],
  ["a visitor closes the tab offline and comes back", "closes the tab offline"],
  [
    "a visitor closes the tab while the server answers 503, and comes back",
    "closes the tab while the server answers 503",
  ],
];

/** Reads the rows of a page's part by their first cell. */
function readRows(page) {
  const [, part = ""] = page.split(`\n${HEADING}\n`);
  const lines = part.split("\n## ")[0].split("\n");
  const rows = lines
    .filter((line) => line.startsWith("| "))
    .map((line) => line.slice(2, -2).split(" | "));
  return (name) => {
    const row = rows.find(([first]) => first === name);
    if (!row) throw new Error(`docs/reliability.md lacks the row "${name}"`);
    return row;
  };
}

/** Returns the table for the guide. Throws if the page lacks a row. */
export function measuredTable(page) {
  const rowOf = readRows(page);
  const pair = ([label, name]) => {
    const [, recorded, plain, , , , arrived, twice] = rowOf(name);
    return [label, recorded, plain, arrived, twice];
  };
  const end = ([label, name, moment]) => {
    const row = rowOf(name);
    return [label, "250", row[1 + moment], row[5 + moment], row[9 + moment]];
  };
  const rows = [...FAULTS.map(pair), ...ENDS.map(end), ...PAGES.map(pair)];
  return [
    "| what happens | recorded | Sentry alone: arrived | with Spanmeter: arrived | twice |",
    "|---|--:|--:|--:|--:|",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
  ].join("\n");
}
