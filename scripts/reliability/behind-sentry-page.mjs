import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromiumLaunchOptions } from "../chromium.mjs";

const root = join(import.meta.dirname, "../..");
const number = new Intl.NumberFormat("en-GB").format;
const row = (cells) => `| ${cells.join(" | ")} |`;
const verdict = (broken) => (broken.length === 0 ? "kept" : `broken: ${broken.join("; ")}`);

/** The heading of this part of docs/reliability.md. */
export const HEADING = "## Behind `Sentry.metrics`";

/** Returns this part as Markdown. `pages` are the results of {@link tryPageEndings}, or `undefined` without Chromium. */
export function describeBehindSentry({ faults, burst, endings }, pages, unannounced) {
  const counts = (end) =>
    [end.arrived, end.doubled, end.reported, unannounced(end)].map((each) => number(each));
  const pair = (name, { plain, behind, broken }) =>
    row([name, number(plain.recorded), ...counts(plain), ...counts(behind), verdict(broken)]);
  const fault = (each) => {
    const { name, plain, behind, broken } = each;
    const [arrived, twice, reported, lost] = counts(behind);
    const ours = [arrived, twice, number(behind.dropped), reported, lost];
    const label = name === "burst" ? "none, a burst" : name;
    return row([label, number(plain.recorded), ...counts(plain), ...ours, verdict(broken)]);
  };
  const ending = ({ name, moments, broken }) => {
    const ends = (mode, of) => moments.map((each) => of(each[mode]));
    const sum = (mode, of) => number(ends(mode, of).reduce((total, each) => total + each, 0));
    const arrived = (mode) => ends(mode, (each) => number(each.arrived));
    return row([
      name,
      ...arrived("plain"),
      sum("plain", unannounced),
      ...arrived("behind"),
      sum("behind", unannounced),
      ...ends("behind", (each) => number(each.doubled)),
      verdict(broken),
    ]);
  };
  const plainHead = "recorded | Sentry: arrived | twice | reported | lost unannounced";
  const head = `${plainHead} | with Spanmeter: arrived | twice | reported | lost unannounced | promise`;
  const faultHead = `${plainHead} | with Spanmeter: arrived | twice | \`onDrop\` | reported | lost unannounced | promise`;
  const line = "--:|--:|--:|--:|--:|--:|--:|--:|--:|---|";
  return `${HEADING}

All metrics of this part are recorded with \`Sentry.metrics\` of Sentry 11: once with Sentry alone, and once with \`spanmeterIntegration()\`
([guide](guides/sentry.md)), by the same script and with the same server. "Arrived" counts different metrics that the server counted, from the
process or page and from the next one; "twice" those that it counted more than once; "reported" lost metrics in client reports that reached the server,
of Sentry or of Spanmeter; a report in an envelope that the server refuses is not sent again. \`onDrop\` counts the lost metrics with which it was called. "Lost unannounced" counts metrics that neither arrived nor were in a report nor, with Spanmeter, passed to \`onDrop\`. With
Spanmeter none may be lost unannounced, and only metrics without a clean answer may arrive twice: that is the promise.

In each row a process of \`@sentry/node\` records 300 counts while the server has a fault, and 30 more after it ends. It flushes, closes its client and
exits with \`process.exit()\`; then a next process records one count. An envelope that the server refuses as too large (413) is split and sent again;
how much of it is lost depends on how long the fault lasts. The last row is a burst of ${number(burst.plain.recorded)} calls in one task, without a fault.

| fault | ${faultHead} |
|---|--:|${line}
${[...faults, burst].map(fault).join("\n")}

Repeat one row with \`node scripts/reliability/write.mjs --behind-sentry --fault "<fault>"\`.

In each row a process, thread or child of \`@sentry/node\` records 250 counts and ends as in [the table above](#the-end-of-a-process), at three moments:
before anything is sent; the same while every connection breaks; and while the server, which has read an envelope, takes 3 s to answer. Then a
next process runs with a healthy server. The script never flushes, except to reach the third moment. The exit code or signal, stdout and stderr are the same
with Spanmeter and without.

| end | Sentry: nothing has left | server is down | one unanswered | lost unannounced | with Spanmeter: nothing has left | server is down | one unanswered | lost unannounced | twice: nothing has left | server is down | one unanswered | promise |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
${endings.map(ending).join("\n")}

Repeat one row with \`node scripts/reliability/write.mjs --behind-sentry --ending "<end>"\`.

${describePages(pages, pair, head, line)}
Repeat all of this part with \`node scripts/reliability/write.mjs --behind-sentry\`, and some rows as tests with
\`npx vitest run --config vitest.workspace.ts --project node packages/node/test/intake\`.
`;
}

function describePages(pages, pair, head, line) {
  if (!pages) return "The ends of pages were not measured: Chromium was not found.\n";
  return `In each row a page of \`@sentry/browser\` in Chromium records 2,000 counts and ends, and the visitor comes back. The server is on the same machine and
takes 1 s to answer, so that a request of Sentry that leaves with the page often arrives; over a network fewer do.

| the visitor | ${head} |
|---|${line}
${pages.map((each) => pair(each.name, each)).join("\n")}

Repeat one row as a test with \`npx vitest run --config vitest.workspace.ts --project browser ending-table -t "<row>"\`.
`;
}

/** Runs the ends of pages as tests and reads the counts of each one. `undefined` without Chromium. */
export async function tryPageEndings() {
  try {
    await chromiumLaunchOptions();
  } catch {
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-pages-"));
  const file = join(folder, "report.json");
  try {
    const report = ["--reporter=json", `--outputFile=${file}`];
    const which = ["--config", "vitest.workspace.ts", "--project", "browser", "ending-table"];
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    // A test that fails is a row whose promise is broken.
    await promisify(execFile)(process.execPath, [vitest, "run", ...which, ...report], {
      cwd: root,
    }).catch(() => {});
    const { testResults } = JSON.parse(await readFile(file, "utf8"));
    return testResults.flatMap(({ assertionResults }) => assertionResults.map(readRow));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readRow({ title, status, meta, failureMessages }) {
  if (!meta.behind) throw new Error(`"${title}" was not measured: ${failureMessages}`);
  const broken = status === "passed" ? [] : failureMessages.map((each) => each.split("\n")[0]);
  return { name: title.replace(/^the visitor /, ""), ...meta, broken };
}

/** Returns docs/reliability.md with this part replaced, or added before the ends of pages. */
export function replacePart(page, part) {
  const [before, rest] = page.includes(`\n${HEADING}\n`)
    ? page.split(`\n${HEADING}\n`)
    : [
        page.split("\n## When a page ends\n")[0],
        page.slice(page.indexOf("\n## When a page ends\n")),
      ];
  const after = rest.slice(rest.indexOf("\n## "));
  return `${before.trimEnd()}\n\n${part.trimEnd()}\n${after}`;
}
