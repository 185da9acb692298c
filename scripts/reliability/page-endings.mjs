// Runs every page ending in Chromium, as the tests do, and describes where the metrics arrived.
// Run alone, it rewrites that part of docs/reliability.md.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");
const HEADING = "## When a page ends";
const number = new Intl.NumberFormat("en-GB").format;

/** The part of the page, as Markdown. Rejects when an ending does not keep what it promises. */
export async function describePageEndings() {
  const rows = (await runEndings()).map(describeEnding);
  return `${HEADING}

In each row a page of Chromium records numbered counts with \`@spanmeter/browser\` in one task, ends in one way, and the visitor comes back.
"At once" counts arrived from that page itself, by \`fetch\` or as a beacon; "later" counts were stored for the next page, or were pending in the page while it
was hidden or offline. "Announced" are the lost counts that a client report reported to the server. How many leave at once depends on the moment at
which the page ends. The rows of listeners record in \`visibilitychange\` and \`pagehide\` alone, on document and window, capturing and bubbling. Counts that a worker, or a process killed while its page is shown, has not sent yet are lost: no code runs there any more.

| the visitor, or the code | recorded | at once: fetch | at once: beacon | later | lost | announced | twice |
|---|--:|--:|--:|--:|--:|--:|--:|
${rows.join("\n")}

To repeat it: \`node scripts/reliability/page-endings.mjs\`. One row as a test:
\`npx vitest run --config vitest.workspace.ts --project browser page-matrix -t "<row>"\`.
`;
}

/** Runs the tests and reads what each one noted. */
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
