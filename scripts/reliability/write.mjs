// Tries every fault against the built node package and writes docs/reliability.md.
// `--fault <name>` tries one and prints what happened; `--burst` does the same with the burst.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadNode, loadTesting } from "./load-testing.mjs";
import { describePage } from "./page.mjs";
import { describePageEndings } from "./page-endings.mjs";

const root = join(import.meta.dirname, "../..");
const { values } = parseArgs({
  options: { fault: { type: "string" }, burst: { type: "boolean", default: false } },
});
const { FAULTS, tryFault, burst } = await loadTesting();
const { createClient } = await loadNode();
const tlsFile = (name) => readFile(join(root, "packages/node/test/fixtures/tls", name), "utf8");
const tls = { key: await tlsFile("key.pem"), cert: await tlsFile("cert.pem") };
const CALLS = 1_000_000;

const names = Object.keys(FAULTS);
/** As long as the longest limit. */
const patienceMs = 70_000;
const attempt = (name) =>
  tryFault(createClient, name, { patienceMs, ...(FAULTS[name]?.badCertificate && { tls }) });

if (values.burst) finish([await burst(createClient, CALLS)]);
else if (values.fault !== undefined) {
  if (!names.includes(values.fault)) {
    console.error(`No such fault. There are: ${names.join(", ")}`);
    process.exit(2);
  }
  finish([await attempt(values.fault)]);
} else {
  const trials = [];
  for (const [index, name] of names.entries()) {
    console.log(`${index + 1}/${names.length} ${name}`);
    trials.push(await attempt(name));
  }
  const burstResult = await burst(createClient, CALLS);
  const pages = [describePage(trials, burstResult), await describePageEndings()];
  await writeFile(join(root, "docs/reliability.md"), pages.join("\n"));
  finish([...trials, burstResult].filter(({ broken }) => broken.length > 0));
}

function finish(results) {
  for (const result of results) console.log(result);
  if (results.some(({ broken }) => broken.length > 0)) process.exitCode = 1;
}
