// Compares Spanmeter with its peers: `npm run bench`. bench/README.md describes the flags.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { rows } from "./cases/index.mjs";
import { installPeers } from "./harness/install.mjs";
import { measureRow } from "./harness/measure-row.mjs";
import { startSink } from "./harness/sink.mjs";
import { markdown } from "./report/markdown.mjs";
import { printRow } from "./report/terminal.mjs";
import { verdicts } from "./report/verdict.mjs";

const root = join(import.meta.dirname, "..");

const options = {
  check: { type: "boolean", default: false },
  quick: { type: "boolean", default: false },
  long: { type: "boolean", default: false },
  only: { type: "string" },
};

const firstLine = ({ message }) => message.split("\n")[0];

function chosenRows(only) {
  const wanted = only?.split(",");
  const unknown = wanted?.filter((id) => rows.every((row) => row.id !== id)) ?? [];
  if (unknown.length > 0)
    throw new Error(`No row "${unknown}". There are: ${rows.map(({ id }) => id).join(", ")}.`);
  return wanted ? rows.filter(({ id }) => wanted.includes(id)) : rows;
}

function checkBuilt() {
  for (const name of ["core", "browser", "node"])
    if (!existsSync(join(root, "packages", name, "dist/index.js")))
      throw new Error(`packages/${name} is not built. Run: npx -y pnpm@12.21.0 run build`);
}

function progress(round, rounds) {
  if (process.stdout.isTTY) process.stdout.write(`\r    round ${round} of ${rounds} \r`);
}

async function measure(chosen, flags) {
  const sink = await startSink();
  const results = [];
  const skipped = [];
  try {
    for (const [index, row] of chosen.entries()) {
      console.log(`\n${index + 1}/${chosen.length} ${row.title}`);
      const reason = await row.missing?.();
      if (reason) {
        console.log(`    skipped: ${reason}`);
        skipped.push({ row, reason });
        continue;
      }
      const values = await measureRow(row, { ...flags, sink, onRound: progress });
      printRow(row, values, !flags.quick);
      results.push({ row, values });
    }
  } finally {
    sink.close();
  }
  return { results, skipped };
}

async function write({ results, skipped }, peers, { long }) {
  await writeFile(join(root, "docs/benchmarks.md"), markdown({ results, skipped, peers, long }));
  console.log("\nWrote docs/benchmarks.md.");
  const { picture } = await import("./report/picture.mjs");
  try {
    await picture(results, join(root, "docs/benchmarks.png"));
    console.log("Wrote docs/benchmarks.png.");
  } catch (error) {
    console.log(`docs/benchmarks.png was not drawn: ${firstLine(error)}`);
  }
}

function printMissed(results) {
  const missed = results.flatMap(({ row, values }) =>
    verdicts(row, values)
      .filter(({ isMissed }) => isMissed)
      .map(({ words }) => `${row.title}: ${words}`),
  );
  console.log(missed.length > 0 ? `\nMissed targets: ${missed.length}` : "\nAll targets are met.");
  for (const each of missed) console.log(`  ${each}`);
  return missed.length;
}

async function main() {
  const { values: flags } = parseArgs({ options });
  const chosen = chosenRows(flags.only);
  checkBuilt();
  // A smoke run uses packages that the tests have installed.
  const peers = flags.quick ? {} : installPeers();
  const measured = await measure(chosen, flags);
  if (flags.quick) {
    console.log("\nAll fixtures work. A smoke run is too short for a verdict.");
    return;
  }
  if (!flags.only) await write(measured, peers, flags);
  const missed = printMissed(measured.results);
  if (flags.check && missed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
