// Runs every page ending in Chromium, as the tests do, and describes what happened to the metrics.
// Run as a script, it rewrites that part of docs/reliability.md.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");
const HEADING = "## When a page ends";
const number = new Intl.NumberFormat("en-GB").format;

/** Returns that part as Markdown. Rejects if a test fails. */
export async function describePageEndings() {
  const rows = (await runEndings()).map(describeEnding);
  return `${HEADING}

In each row a page in Chromium records numbered counts with \`@spanmeter/browser\` in one task and ends in one way, and the visitor comes back.
"Immediately" counts metrics that arrived from that page, by \`fetch\` or as a beacon; "later" those that were stored, or waited in the page while it
was hidden or offline. "Announced" counts lost metrics in client reports. How many are sent immediately depends on the moment at
which the page ends. The rows of listeners record only in \`visibilitychange\` and \`pagehide\`, on document and window, capturing and bubbling. Metrics that a worker, or a process killed while its page is visible, has not sent are lost, because no code runs at its end.

| the visitor, or the code | recorded | immediately: fetch | immediately: beacon | later | lost | announced | twice |
|---|--:|--:|--:|--:|--:|--:|--:|
${rows.join("\n")}

Repeat with \`node scripts/reliability/page-endings.mjs\`, or one row as a test with
\`npx vitest run --config vitest.workspace.ts --project browser page-matrix -t "<row>"\`.
`;
}

/** Runs the tests and reads the counts of each one. */
async function runEndings() {
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-pages-"));
  const file = join(folder, "report.json");
  try {
    const report = ["--reporter=json", `--outputFile=${file}`];
    const which = ["--config", "vitest.workspace.ts", "--project", "browser", "page-matrix"];
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    await promisify(execFile)(process.execPath, [vitest, "run", ...which, ...report], {
      cwd: root,
    });
    const { testResults } = JSON.parse(await readFile(file, "utf8"));
    return testResults.flatMap(({ assertionResults }) => assertionResults);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function describeEnding({ title, meta }) {
  const { recorded, byRequest, byBeacon, later, lost, announced, twice } = meta.account;
  const counts = [recorded, byRequest, byBeacon, later, lost, announced, twice].map(number);
  return `| ${[title, ...counts].join(" | ")} |`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const page = join(root, "docs/reliability.md");
  const [others] = (await readFile(page, "utf8")).split(`\n${HEADING}\n`);
  await writeFile(page, `${others.trimEnd()}\n\n${await describePageEndings()}`);
}
