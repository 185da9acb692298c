// Runs a shop with visitors, causes an incident half way, and finds its cause by the shop's metrics.
//   node scripts/demo.mjs          runs until Ctrl-C, so that you can explore
//   node scripts/demo.mjs --once   ends by itself; the default without a terminal and in CI
import { parseArgs } from "node:util";
import { launchBrowser } from "./demo/run/browser-visit.mjs";
import { waitForFindings } from "./demo/findings/wait-for-findings.mjs";
import { openExplorer } from "./demo/run/open-explorer.mjs";
import { printReport } from "./demo/print/report.mjs";
import { incidentAddress, readPage } from "./demo/run/page-visit.mjs";
import { spawnShop } from "./demo/run/shop-process.mjs";
import { runStory } from "./demo/run/story.mjs";
import { bad, createProgress, faint, good, line, strong } from "./demo/print/terminal.mjs";

const LIMIT_MS = 110_000;

const INTRODUCTION = [
  "The shop and its page in a browser send metrics and traces to a local explorer.",
  "Half way through, a feature is switched on, and payments begin to be declined.",
  "The report below is read from the explorer: it leads from the metric that rose",
  "to the slow query that caused it.",
];

const { values } = parseArgs({ options: { once: { type: "boolean", default: false } } });
const once = values.once || !process.stdout.isTTY || Boolean(process.env.CI);

/** Functions that stop what the demo started; the last is called first. */
const undos = [];
const ending = new AbortController();
const { signal } = ending;
// Only the first time: a second Ctrl-C kills the demo, and its children end with it.
for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => ending.abort("interrupted"));
const ended = new Promise((resolve) => signal.addEventListener("abort", resolve));
const limit = setTimeout(() => ending.abort("late"), LIMIT_MS);

try {
  await Promise.race([demo(), ended]);
  clearTimeout(limit);
  if (!signal.aborted && !once && !process.exitCode) await waitForEnd();
  // Ends the line in which the terminal shows ^C.
  if (signal.reason === "interrupted") line();
  if (signal.reason === "late") fail([`It took longer than ${LIMIT_MS / 1000} seconds.`]);
  if (signal.reason === "interrupted" && once) process.exitCode = 130;
} catch (error) {
  fail([error.message]);
} finally {
  clearTimeout(limit);
  ending.abort("over");
  for (const undo of undos.toReversed()) await undo().catch((error) => fail([error.message]));
}

async function demo() {
  line(strong("Spanmeter demo: a shop, its visitors, and an incident half way"));
  for (const text of INTRODUCTION) line(faint(text));
  line();
  const explorer = await step("Explorer", openExplorer(), ({ url }) => url);
  undos.push(() => explorer.close());

  const shop = spawnShop({ dsn: `http://public@127.0.0.1:${explorer.port}/1` });
  undos.push(shop.stop);
  const shopUrl = await step("Shop", shop.url, (url) => url);

  const launching = launchBrowser();
  undos.push(() => launching.then((opened) => opened.close()).catch(() => {}));
  const browser = await step("Chromium", launching, (opened) => opened.version());

  const running = runStory({ browser, shopUrl, signal });
  const story = await Promise.race([running, shop.failed]);
  const { findings, problems } = await step(
    "Everything has arrived",
    waitForFindings({ explorerUrl: explorer.url, shopUrl, ...story }, signal),
    (result) => `${result.findings.metrics.length} metrics`,
  );
  printReport(findings, story);
  line();
  if (problems.length > 0) return fail(problems);
  const address = incidentAddress({ explorerUrl: explorer.url, ...story, ...findings });
  const sentence = await readPage({ browser, address });
  if (!sentence.includes(findings.slowest.name))
    return fail([`The page names another span than the report: ${sentence}`]);
  line(`The page says: ${strong(sentence)}`);
  line(
    good(`✓ ${findings.metrics.length} metrics, their traces and those of the browser: all there.`),
  );
  if (once) return;
  line();
  line(`Shop      ${shopUrl}`);
  line(`Explorer  ${explorer.url}`);
  line(`          ${strong("Open this incident in a browser:")}`);
  line(`          ${address}`);
  const cli = "node packages/explorer/dist/cli.js";
  line(faint(`          ${cli} trace ${findings.sample.traceId} --url ${explorer.url}`));
  line(faint(`          ${cli} query checkout.failed --by reason --url ${explorer.url}`));
}

async function step(label, work, describe) {
  const progress = createProgress(label);
  const result = await work;
  progress.done(describe(result));
  return result;
}

async function waitForEnd() {
  line();
  line("Both run until Ctrl-C.");
  await ended;
}

function fail(problems) {
  process.exitCode = 1;
  line(bad(strong("The demo failed:")));
  for (const problem of problems) line(bad(`  - ${problem}`));
}
