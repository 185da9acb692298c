// Compares the questions of the explorer's page with plain statements: `npm run bench:explorer`. bench/README.md describes the flags.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { figure } from "../report/verdict.mjs";
import { lastBucketEnd, RANGE_SECONDS } from "./items.mjs";
import { measureRow } from "./measure.mjs";
import { isMet, markdown, PROMISE } from "./report.mjs";
import { rows } from "./rows/index.mjs";
import { openStores } from "./stores.mjs";

const root = join(import.meta.dirname, "../..");
const PROMISED_ITEMS = 1_000_000;

const options = {
  check: { type: "boolean", default: false },
  items: { type: "string", default: String(PROMISED_ITEMS) },
  only: { type: "string" },
  rounds: { type: "string", default: "5" },
};

function chosenRows(only) {
  const wanted = only?.split(",");
  const unknown = wanted?.filter((id) => rows.every((row) => row.id !== id)) ?? [];
  if (unknown.length > 0)
    throw new Error(`No row "${unknown}". There are: ${rows.map(({ id }) => id).join(", ")}.`);
  return wanted ? rows.filter(({ id }) => wanted.includes(id)) : rows;
}

/** What the questions and the statements are about: a trace in the middle, and the hour of all items. */
async function dataOf(select, count, end) {
  const [{ traceId }] = await select(`SELECT traceId FROM items WHERE seq = ${count / 2 + 1}`);
  const since = end - RANGE_SECONDS;
  return {
    range: { since: String(since), until: String(end) },
    sinceNs: BigInt(since) * 1_000_000_000n,
    untilNs: BigInt(end) * 1_000_000_000n,
    traceId,
  };
}

async function measure(chosen, { count, rounds }) {
  const end = lastBucketEnd();
  const stores = await openStores(count, end);
  const results = [];
  try {
    const data = await dataOf(stores.select, count, end);
    for (const row of chosen) {
      const values = await measureRow(row, { ...stores, data, rounds });
      const { explorer, statement, ratio } = values;
      const times = `${figure(explorer)} ms, ${figure(statement)} ms, ${ratio.toFixed(2)} times`;
      console.log(`${row.id.padEnd(12)} ${times}`);
      results.push({ row, values });
    }
  } finally {
    await stores.close();
  }
  return results;
}

async function main() {
  const { values: flags } = parseArgs({ options });
  const chosen = chosenRows(flags.only);
  if (!existsSync(join(root, "packages/explorer/dist/index.js")))
    throw new Error("packages/explorer is not built. Run: npx -y pnpm@12.21.0 run build");
  const count = Number(flags.items);
  const results = await measure(chosen, { count, rounds: Number(flags.rounds) });
  console.log("Both sides have the same numbers in every row.");
  if (flags.only === undefined && count === PROMISED_ITEMS) {
    await writeFile(join(root, "docs/performance-explorer.md"), markdown(results));
    console.log("Wrote docs/performance-explorer.md.");
  }
  const missed = results.filter(({ values }) => !isMet(values));
  for (const { row, values } of missed)
    console.log(`More than ${PROMISE} times: ${row.title} (${values.ratio.toFixed(2)})`);
  if (flags.check && missed.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
