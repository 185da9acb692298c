// Runs every fault against the built node package and writes docs/reliability.md.
// `--fault <name>` runs one fault and prints the result; `--burst` and `--ending <name>` do that for the
// burst and for one end of a process. With `--behind-sentry` these run `Sentry.metrics`, with Spanmeter and without;
// `--behind-sentry` alone rewrites only that part of the page.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { tryBehindSentry } from "./behind-sentry.mjs";
import { describeBehindSentry, replacePart, tryPageEndings } from "./behind-sentry-page.mjs";
import { tryEndings } from "./endings.mjs";
import { loadNode, loadTesting } from "./load-testing.mjs";
import { describePage } from "./page.mjs";
import { describePageEndings } from "./page-endings.mjs";

const root = join(import.meta.dirname, "../..");
const { values } = parseArgs({
  options: {
    fault: { type: "string" },
    ending: { type: "string" },
    burst: { type: "boolean", default: false },
    "behind-sentry": { type: "boolean", default: false },
  },
});
const testing = await loadTesting();
const { FAULTS, ENDINGS, tryFault, burst } = testing;
const { createClient } = await loadNode();
const tlsFile = (name) => readFile(join(root, "packages/node/test/fixtures/tls", name), "utf8");
const tls = { key: await tlsFile("key.pem"), cert: await tlsFile("cert.pem") };
const CALLS = 1_000_000;
const PAGE = join(root, "docs/reliability.md");

const names = Object.keys(FAULTS);
/** As long as the longest rate limit. */
const patienceMs = 70_000;
const attempt = (name) =>
  tryFault(createClient, name, { patienceMs, ...(FAULTS[name]?.badCertificate && { tls }) });

if (values["behind-sentry"]) await behindSentry();
else if (values.burst) finish([await burst(createClient, CALLS)]);
else if (values.fault !== undefined) {
  mustBeOneOf(names, values.fault);
  finish([await attempt(values.fault)]);
} else if (values.ending !== undefined) {
  mustBeOneOf(Object.keys(ENDINGS), values.ending);
  const rows = await tryEndings(testing, [values.ending], () => {});
  for (const { plain, trials } of rows) console.log({ "without Spanmeter": plain }, ...trials);
  finish(rows.map(({ way, broken }) => ({ way, broken })));
} else {
  const trials = [];
  for (const [index, name] of names.entries()) {
    console.log(`${index + 1}/${names.length} ${name}`);
    trials.push(await attempt(name));
  }
  const burstResult = await burst(createClient, CALLS);
  const endings = await tryEndings(testing, Object.keys(ENDINGS), (way) => console.log(way));
  const behind = await measureBehindSentry();
  const pages = [describePage(trials, burstResult, endings), behind.part];
  await writeFile(PAGE, [...pages, await describePageEndings()].join("\n"));
  const results = [...trials, burstResult, ...endings, ...behind.results];
  finish(results.filter(({ broken }) => broken.length > 0));
}

/** Runs one row behind `Sentry.metrics`, or all of them and rewrites that part of the page. */
async function behindSentry() {
  const { fault, ending, burst: isBurst } = values;
  if (fault !== undefined) mustBeOneOf(testing.SENTRY_FAULTS, fault);
  if (ending !== undefined) mustBeOneOf(testing.SENTRY_ENDINGS, ending);
  if (fault !== undefined || ending !== undefined || isBurst) {
    const only = { faults: fault ? [fault] : [], endings: ending ? [ending] : [], burst: isBurst };
    const { faults, burst: burstRow, endings } = await tryBehindSentry(testing, only, () => {});
    for (const { moments } of endings) console.dir(moments, { depth: null });
    return finish([...faults, ...(burstRow ? [burstRow] : []), ...endings]);
  }
  const { part, results } = await measureBehindSentry();
  await writeFile(PAGE, replacePart(await readFile(PAGE, "utf8"), part));
  finish(results.filter(({ broken }) => broken.length > 0));
}

async function measureBehindSentry() {
  const all = { faults: testing.SENTRY_FAULTS, endings: testing.SENTRY_ENDINGS };
  const rows = await tryBehindSentry(testing, all, (name) => console.log(name));
  const pages = await tryPageEndings();
  const part = describeBehindSentry(rows, pages, testing.unannounced);
  return { part, results: [...rows.faults, rows.burst, ...rows.endings, ...(pages ?? [])] };
}

function mustBeOneOf(known, name) {
  if (known.includes(name)) return;
  console.error(`There is no "${name}". Known names: ${known.join("; ")}`);
  process.exit(2);
}

function finish(results) {
  for (const result of results) console.log(result);
  if (results.some(({ broken }) => broken.length > 0)) process.exitCode = 1;
}
