// Checks the decision records: title "Topic: choice", status with a date, the three headings, and a row in the index.
import { listFiles, readText, report, rootOf } from "./files.mjs";

const root = rootOf(process.argv);
const FOLDER = "docs/decisions";
const INDEX = `${FOLDER}/README.md`;
const HEADINGS = ["Context", "Decision", "Consequences"];

function problemsOf(path, index) {
  const text = readText(root, path);
  const name = path.slice(FOLDER.length + 1);
  const [, title] = /^# (.+)$/m.exec(text) ?? [];
  const [, status] = /^Status: (.+)$/m.exec(text) ?? [];
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  const row = `| [${name.slice(0, 4)}](${name}) ${title} | ${status} |`;
  return [
    /^[^:]+: .+/.test(title ?? "") ? undefined : 'the title must be "Topic: choice"',
    /^(accepted|proposed|replaced)\b.*, \d{4}-\d\d-\d\d/.test(status ?? "")
      ? undefined
      : 'the third line must be "Status: accepted, YYYY-MM-DD"',
    HEADINGS.join() === headings.join() ? undefined : `the headings must be ${HEADINGS.join(", ")}`,
    index.includes(row) ? undefined : `${INDEX} needs the row "${row}"`,
  ].filter(Boolean);
}

const records = listFiles(root, FOLDER, /^\d{4}-.+\.md$/);
const index = readText(root, INDEX);
report(
  records.flatMap((path) => problemsOf(path, index).map((problem) => `${path}: ${problem}`)),
  { passed: `${records.length} decision records have their form and their place in the index.` },
);
