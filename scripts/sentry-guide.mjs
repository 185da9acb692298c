// Writes the tables of docs/guides/sentry.md. The one of faults and ends is taken from docs/reliability.md; with
// `--costs`, the cost of a call is measured again, with the built packages.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureCosts } from "./sentry-guide/costs.mjs";
import { measuredTable } from "./sentry-guide/measured.mjs";
import { replaceMarked } from "./sentry-guide/marked.mjs";

const root = join(import.meta.dirname, "..");
const GUIDE = join(root, "docs/guides/sentry.md");
const { values } = parseArgs({ options: { costs: { type: "boolean", default: false } } });

function costsTable(rows) {
  const lines = rows.map(({ call, nanoseconds, ratio }) => {
    const share = ratio < 0.5 ? `1/${Math.round(1 / ratio)}` : ratio.toFixed(2);
    return `| ${call} | ${(nanoseconds / 1000).toFixed(1)} µs | ${share} |`;
  });
  return [
    "| one `distribution` with 3 attributes, in an active span | median | beside Sentry alone |",
    "|---|--:|--:|",
    ...lines,
  ].join("\n");
}

let guide = await readFile(GUIDE, "utf8");
const page = await readFile(join(root, "docs/reliability.md"), "utf8");
guide = replaceMarked(guide, "measured", measuredTable(page));
if (values.costs) guide = replaceMarked(guide, "costs", costsTable(await measureCosts()));
await writeFile(GUIDE, guide);
