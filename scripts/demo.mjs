// The main job: a shop, its visitors, and an incident half way, seen through its metrics.
//   node scripts/demo.mjs          stays up until Ctrl-C, so that you can look around
//   node scripts/demo.mjs --once   ends by itself, as it does without a terminal and in CI
import { once as event } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startExplorer } from "../packages/explorer/dist/index.js";
import { launchBrowser, visitInBrowser } from "./demo/browser-visit.mjs";
import { investigate } from "./demo/findings.mjs";
import { printReport } from "./demo/report.mjs";
import { startShop } from "./demo/shop-process.mjs";
import { bad, createProgress, faint, good, line, strong } from "./demo/terminal.mjs";
import { verify } from "./demo/verify.mjs";
import { sendVisitors } from "./demo/visitors.mjs";

const PORT = 8969;
/** The share of visitors for whom the new fraud check is switched on. */
const INCIDENT_SHARE = 0.9;
const LIMIT_MS = 110_000;
const SETTLE_MS = 20_000;

const { values } = parseArgs({ options: { once: { type: "boolean", default: false } } });
const once = values.once || !process.stdout.isTTY || Boolean(process.env.CI);
const now = () => Date.now() / 1000;

/** What has to be ended, the last begun first. */
const undos = [];
const interrupted = Promise.race([event(process, "SIGINT"), event(process, "SIGTERM")]);

try {
  const limit = sleep(LIMIT_MS, "late", { ref: false });
  const outcome = await Promise.race([demo(), interrupted.then(() => "interrupted"), limit]);
  if (outcome === "late") fail([`It took longer than ${LIMIT_MS / 1000} seconds.`]);
  if (outcome === "interrupted") process.exitCode = 130;
  if (outcome === "shown" && !once) await stayUp();
} catch (error) {
  fail([error.message]);
} finally {
  for (const undo of undos.toReversed()) await undo().catch((error) => fail([error.message]));
}

async function demo() {
  line(strong("Spanmeter demo: a shop, its visitors, and an incident half way"));
  line();
  const explorer = await step(
    "Explorer",
    () => openExplorer(),
    ({ url }) => url,
  );
  const dsn = `http://public@127.0.0.1:${explorer.port}/1`;
  const shop = await step(
    "Shop",
    () => startShop({ dsn }),
    ({ url }) => url,
  );
  undos.push(shop.stop);
  const browser = await step(
    "Chromium",
    () => launchBrowser(),
    (it) => it.version(),
  );
  undos.push(() => browser.close());

  const visitors = { browser, shopUrl: shop.url };
  const work = async () => {
    const before = await phase("Visitors, all is well", visitors);
    await setFlag(shop.url, "fuzzy_fraud_check", INCIDENT_SHARE);
    const after = await phase("Visitors, payments are declined", visitors);
    return { explorerUrl: explorer.url, before, after };
  };
  return report(await Promise.race([work(), shop.ended]));
}

async function report(story) {
  const checkouts = story.before.checkouts + story.after.checkouts;
  const progress = createProgress("Explorer has everything");
  const { findings, problems } = await settled(story, checkouts);
  progress.done(`${findings.metrics.length} metrics`);
  printReport(findings, story);
  line();
  if (problems.length > 0) return fail(problems);
  line(good(`✓ ${findings.metrics.length} metrics, their traces and the browser's: all there.`));
  return "shown";
}

/** Metrics and spans arrive when their senders flush, so the question is asked until nothing is missing. */
async function settled(story, checkouts) {
  const giveUp = Date.now() + SETTLE_MS;
  for (;;) {
    const findings = await investigate(story);
    const problems = verify(findings, { checkouts });
    if (problems.length === 0 || Date.now() > giveUp) return { findings, problems };
    await sleep(500);
  }
}

/** Spotlight's port, where Sentry's SDKs look by themselves, or any other when that one is taken. */
async function openExplorer() {
  const open = (port) => startExplorer({ memory: true, port });
  const explorer = await open(PORT).catch(() => open(0));
  undos.push(() => explorer.close());
  return explorer;
}

async function phase(label, { browser, shopUrl }) {
  const progress = createProgress(label);
  const told = ({ requests, checkouts, failed }) =>
    `${requests} requests, ${checkouts} checkouts, ${failed} failed`;
  const since = now();
  const [seen] = await Promise.all([
    sendVisitors({ shopUrl, onProgress: (soFar) => progress.update(told(soFar)) }),
    visitInBrowser({ browser, shopUrl }),
  ]);
  // The browser's visitor is one more.
  const all = { ...seen, checkouts: seen.checkouts + 1 };
  progress.done(told(all));
  return { since, until: now(), checkouts: all.checkouts };
}

async function setFlag(shopUrl, flag, share) {
  const body = JSON.stringify({ share });
  await fetch(`${shopUrl}/admin/flags/${flag}`, { method: "PUT", body });
}

async function step(label, start, describe) {
  const progress = createProgress(label);
  const started = await start();
  progress.done(describe(started));
  return started;
}

async function stayUp() {
  line(faint("The shop and the explorer stay up; Ctrl-C ends them."));
  await interrupted;
  line();
}

function fail(problems) {
  process.exitCode = 1;
  line(bad(strong("The demo did not show what it should:")));
  for (const problem of problems) line(bad(`  - ${problem}`));
  return "failed";
}
