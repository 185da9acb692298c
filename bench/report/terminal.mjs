import { figure, ratio, verdicts } from "./verdict.mjs";

/** One row for a person at a terminal. */
export function printRow(row, values, verdictsToo) {
  const [own] = row.peers;
  for (const [peer, value] of Object.entries(values)) {
    const beside = peer === own ? "" : ratio(values[own], value);
    console.log(
      `    ${peer.padEnd(34)} ${figure(value).padStart(10)} ${row.unit.padEnd(6)} ${beside}`,
    );
  }
  if (!verdictsToo) return;
  for (const { words, met } of verdicts(row, values))
    console.log(`    ${met ? "met   " : "MISSED"} ${words}`);
}
