// Compares the READMEs and guides with the code: the options they list exist, the sizes they quote are measured, all
// READMEs have the same headings, and their TypeScript compiles.
// `--write` puts the measured sizes and the figures of docs/benchmarks.md into README.md.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchmarkTable } from "./readme-benchmarks.mjs";
import { readMarked } from "./sentry-guide/marked.mjs";
import { measuredTable } from "./sentry-guide/measured.mjs";
import { checkVolumeGuide } from "./volume/check.mjs";

const root = join(import.meta.dirname, "..");
const read = (path) => readFileSync(join(root, path), "utf8");
const failures = [];

const readmes = [
  "README.md",
  ...["core", "browser", "node", "explorer"].map((name) => `packages/${name}/README.md`),
];
const guides = readdirSync(join(root, "docs/guides")).map((name) => `docs/guides/${name}`);

function checkOptions() {
  const declared = (path) => [...read(path).matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name);
  const options = [
    ...declared("packages/core/src/contract/options.ts"),
    // The options of node alone.
    "traceIncomingRequests",
    "shutdown",
  ];
  const [, table] = read("README.md").split("\n## Options\n");
  const listed = [...table.split("\n## ")[0].matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  for (const name of options)
    if (!listed.includes(name)) failures.push(`README.md lacks the option ${name}`);
  for (const name of listed)
    if (!options.includes(name)) failures.push(`README.md lists ${name}, which is no option`);
}

function checkSizes(write) {
  const { stdout } = spawnSync("size-limit", ["--json"], { cwd: root, encoding: "utf8" });
  const measured = JSON.parse(stdout);
  const rows = [
    ["`@spanmeter/browser`, `init` + `metrics`", "browser: init + metrics (ESM)"],
    ["`@spanmeter/browser/lean`, `init` + `metrics`", "browser/lean: init + metrics"],
    [
      "the same with `sentry()` and `pageStorage()`",
      "browser/lean: with sentry() and pageStorage()",
    ],
    ["the ready-made script file", "browser: script file"],
    ["`@sentry/browser` 11.12, `init` + `metrics`", "@sentry/browser 11.12: init + metrics"],
  ];
  let page = read("README.md");
  for (const [label, name] of rows) {
    const { size } = measured.find((entry) => entry.name === name);
    const line = `| ${label} | ${(size / 1000).toFixed(1)} KB |`;
    const at = page.split("\n").find((each) => each.startsWith(`| ${label} |`));
    if (at !== line && !write)
      failures.push(`README.md says "${at}", measured: "${line}" (--write fixes it)`);
    page = page.replace(at, line);
  }
  if (write) writeFileSync(join(root, "README.md"), page);
}

/** The figures beside the peers are those of the last `npm run bench`. */
function checkBenchmarks(write) {
  const page = read("README.md");
  const place = /(?<=<!-- benchmarks -->\n)[^]*?(?=\n<!-- \/benchmarks -->)/;
  const table = benchmarkTable(read("docs/benchmarks.md"));
  if (page.match(place)?.[0] === table) return;
  if (write)
    writeFileSync(
      join(root, "README.md"),
      page.replace(place, () => table),
    );
  else failures.push("README.md quotes other figures than docs/benchmarks.md (--write fixes it)");
}

/** The figures in the guide are those of docs/reliability.md. */
function checkSentryGuide() {
  const guide = readMarked(read("docs/guides/sentry.md"), "measured");
  if (guide !== measuredTable(read("docs/reliability.md")))
    failures.push(
      "docs/guides/sentry.md quotes other figures than docs/reliability.md (node scripts/sentry-guide.mjs fixes it)",
    );
}

function checkHeadings(path) {
  const headings = [...read(path).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  const wanted = ["Install", "Use", "API", "Options", "Limits"];
  if (wanted.some((heading) => !headings.includes(heading)))
    failures.push(`${path}: needs the headings ${wanted.join(", ")}`);
}

function checkFirstCode() {
  const line = read("README.md")
    .split("\n")
    .findIndex((each) => each === "```ts");
  if (line < 0 || line > 30)
    failures.push("README.md: the first working code must be before line 30");
}

/** Compiles every TypeScript block on its own, against the built packages, as a reader would. */
function checkCode() {
  const folder = join(root, "packages/node/node_modules/.cache/readme");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pages = [...readmes, ...guides];
  for (const [index, path] of pages.entries())
    for (const [block, [, code]] of [...read(path).matchAll(/^```ts\n([\s\S]*?)^```/gm)].entries())
      writeFileSync(join(folder, `readme-${index}-block-${block}.ts`), code);
  const compilerOptions = {
    composite: false,
    declaration: false,
    declarationMap: false,
    isolatedDeclarations: false,
    noEmit: true,
    lib: ["ES2022", "DOM"],
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    paths: {
      "@spanmeter/browser/lean": [join(root, "packages/browser/dist/lean.d.ts")],
      "@spanmeter/browser/sentry": [join(root, "packages/browser/dist/sentry.d.ts")],
      "@spanmeter/node/sentry": [join(root, "packages/node/dist/sentry.d.ts")],
      "@spanmeter/*": [join(root, "packages/*/dist/index.d.ts")],
      "@sentry/node": [join(root, "packages/node/node_modules/@sentry/node-11")],
      "@sentry/browser": [join(root, "packages/browser/node_modules/@sentry/browser-11")],
    },
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(root, "tsconfig.base.json"),
      compilerOptions,
      include: ["*.ts"],
    }),
  );
  const { status, stdout } = spawnSync("tsc", ["-p", folder], { cwd: root, encoding: "utf8" });
  if (status !== 0)
    failures.push(
      `code in the pages (${pages.join(", ")} = 0..${pages.length - 1}) does not compile:\n${stdout}`,
    );
}

checkOptions();
checkSizes(process.argv.includes("--write"));
checkBenchmarks(process.argv.includes("--write"));
checkSentryGuide();
failures.push(...(await checkVolumeGuide(read("docs/guides/volume.md"))));
checkFirstCode();
checkCode();
for (const path of readmes) checkHeadings(path);

for (const failure of failures) console.error(failure);
console.log(
  failures.length === 0
    ? "The READMEs and guides agree with the code."
    : `${failures.length} to fix`,
);
process.exit(failures.length > 0 ? 1 : 0);
