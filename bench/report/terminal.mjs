import { figure, ratio, verdicts } from "./verdict.mjs";

/** Prints one row on the terminal. */
export function printRow(row, values, withVerdicts) {
  const [own] = row.peers;
  for (const [peer, value] of Object.entries(values)) {
    const beside = peer === own ? "" : ratio(values[own], value);
    console.log(
      `    ${peer.padEnd(34)} ${figure(value).padStart(10)} ${row.unit.padEnd(6)} ${beside}`,
    );
  }
  if (!withVerdicts) return;
  for (const { words, label, isMissed } of verdicts(row, values))
    console.log(`    ${(isMissed ? "MISSED" : label).padEnd(6)} ${words}`);
}
