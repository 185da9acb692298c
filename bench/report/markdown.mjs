import { cpus } from "node:os";
import { figure, ratio, verdicts } from "./verdict.mjs";

const versions = (peers) =>
  Object.entries(peers)
    .filter(([name]) => name !== "chart.js")
    .map(([name, version]) => `\`${name}\` ${version}`)
    .join(", ");

function machine() {
  const [{ model }] = cpus();
  return `${model.trim()}, ${cpus().length} cores, Node ${process.version}, ${process.platform} ${process.arch}`;
}

function lines({ row, values }) {
  const [own] = row.peers;
  const told = verdicts(row, values).map(
    ({ words, met }) => `${met ? "met" : "**missed**"}: ${words}`,
  );
  return Object.entries(values).map(([peer, value], index) => {
    const cells = [
      index === 0 ? `${row.title} | **${peer}**` : ` | ${peer}`,
      `${figure(value)} ${row.unit}`,
      peer === own ? "" : ratio(values[own], value),
      index === 0 ? told.join("<br>") : "",
    ];
    return `| ${cells.join(" | ")} |`;
  });
}

/** Rows that are measured in the same way share a paragraph. */
function explanations(results) {
  const titles = new Map();
  for (const { row } of results) titles.set(row.what, [...(titles.get(row.what) ?? []), row.title]);
  return [...titles].map(([what, of]) => `- **${of.join("**; **")}**: ${what}.`).join("\n");
}

/** docs/benchmarks.md. */
export function markdown({ results, peers, long }) {
  const all = results.flatMap(({ row, values }) => verdicts(row, values));
  const met = all.filter((each) => each.met).length;
  return `# Benchmarks

Written by \`npm run bench\`; not to be edited by hand. All peers ran in the same run, round by round in
turn, each in a process of its own; numbers are medians. Absolute numbers belong to this machine:
compare within a row.

- Machine: ${machine()}
- Peers: ${versions(peers)}
- Targets met: ${met} of ${all.length}

![Spanmeter and its peers](benchmarks.png)

| what | who | median | beside Spanmeter | target |
|---|---|--:|--:|---|
${results.flatMap(lines).join("\n")}

## What exactly is measured

${explanations(results)}

Every fixture proves that it was at work: what it recorded is counted where it arrives (bytes of request
bodies read back or, in the rows of whole cost, what their headers say, a server on loopback, a UDP receiver, the peer's own collected sums), with its
attributes, its trace and its span. A fixture whose metrics do not all arrive ends the run. UDP alone may
lose up to a tenth.

## Reproduce

\`\`\`sh
npx -y pnpm@12.21.0 install --frozen-lockfile && npx -y pnpm@12.21.0 run build
npm run bench${long ? " -- --long" : ""}
\`\`\`

\`npm run bench -- --check\` ends with code 1 when a target is missed. Let nothing else run meanwhile.
`;
}
