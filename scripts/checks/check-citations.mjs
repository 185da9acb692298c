// Checks that what code, tests and docs cite exists: sections of docs/protocol.md and decision records.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { lineAt, listFiles, readText, report, rootOf } from "./files.mjs";
import { anchorsOf } from "./markdown.mjs";

const root = rootOf(process.argv);
const PROTOCOL = "docs/protocol.md";
const anchors = anchorsOf(readText(root, PROTOCOL));
const records = existsSync(join(root, "docs/decisions"))
  ? readdirSync(join(root, "docs/decisions"))
  : [];
// Written in two parts, so that this file does not cite it.
const LOST_SOURCE = ["wire", "md"].join(".");

function findingsIn(path) {
  const text = readText(root, path);
  const findings = [];
  const find = (pattern, problemOf) => {
    for (const match of text.matchAll(pattern)) {
      const problem = problemOf(match);
      if (problem) findings.push(`${path}:${lineAt(text, match.index)}: ${problem}`);
    }
  };
  find(/docs\/protocol\.md#([\w-]+)/g, ([, anchor]) =>
    anchors.has(anchor) ? undefined : `${PROTOCOL} has no heading for #${anchor}`,
  );
  find(/docs\/decisions\/(\d{4})/g, ([, number]) =>
    records.some((name) => name.startsWith(`${number}-`)) ? undefined : `no record ${number}`,
  );
  find(
    new RegExp(LOST_SOURCE.replace(".", "\\."), "g"),
    () => `cite a section of ${PROTOCOL} instead`,
  );
  return findings;
}

const files = listFiles(root, "", /\.(ts|mts|cts|js|mjs|cjs|md)$/);
report(files.flatMap(findingsIn), { passed: "Every citation leads to a section or a record." });
