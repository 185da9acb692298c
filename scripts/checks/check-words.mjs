// Checks what a machine can see of the style of words: docstrings, comments and docs in plain English, `@default` on
// every option and a docstring on every exported function. Lists every finding as file:line.
import { commentsOf, docstringText, findUndocumented, parse } from "./sources.mjs";
import { lineAt, listFiles, readText, report, rootOf } from "./files.mjs";
import { withoutCode } from "./markdown.mjs";
import { findBeginning, findWords } from "./words.mjs";

const root = rootOf(process.argv);

function findInSource(path) {
  const source = parse(path, readText(root, path));
  const comments = commentsOf(source).flatMap(({ offset, comment }) => {
    const line = lineAt(source.text, offset);
    const words = findWords(comment, (index) => line + lineAt(comment, index) - 1);
    return [...words, ...findBeginning(docstringText(comment) ?? "", line)];
  });
  return [...comments, ...findUndocumented(source)];
}

function findInPage(path) {
  const text = withoutCode(readText(root, path));
  return findWords(text, (index) => lineAt(text, index));
}

const sources = listFiles(root, "packages", /\.m?ts$/).filter(
  (path) => /^packages\/[^/]+\/src\//.test(path) && !path.endsWith(".generated.ts"),
);
// docs/api repeats the docstrings, and changelogs are history.
const pages = listFiles(root, "", /\.md$/).filter(
  (path) => !/^docs\/api\/|CHANGELOG\.md$|\/(src|test)\//.test(path),
);

const findings = [
  ...sources.map((path) => ({ path, found: findInSource(path) })),
  ...pages.map((path) => ({ path, found: findInPage(path) })),
].flatMap(({ path, found }) => found.map((finding) => ({ path, ...finding })));

/** Prints how many findings of each rule each folder has. */
function printCounts() {
  const counts = {};
  for (const { path, rule } of findings) {
    const folder = /^packages\/[^/]+/.exec(path)?.[0] ?? path.split("/")[0];
    counts[folder] ??= { word: 0, docstring: 0, default: 0, function: 0 };
    counts[folder][rule] += 1;
  }
  if (process.argv.includes("--counts")) console.table(counts);
}

printCounts();
report(
  findings.map(({ path, line, message }) => `${path}:${line}: ${message}`),
  { passed: "Comments, docstrings and docs are in plain words." },
);
