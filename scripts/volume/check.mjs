import { readMarked } from "../sentry-guide/marked.mjs";
import { loadReplay } from "./load-replay.mjs";
import { DAY } from "./settings.mjs";
import { readTable } from "./table.mjs";

const FIX = "(node scripts/volume.mjs fixes it)";
/** Another version of Node.js may compress differently, and another version of the package has another text. */
const TOLERANCE = 0.02;
const MIN_SAVING = 50;
const MAX_P95_PERCENT = 3;
/** Sets that take a short time: those that do not send every call. */
const MEASURED = ["fold", "sensible"];

/**
 * Compares docs/guides/volume.md with what the client sends now, and with what the guide promises. Returns what is
 * wrong; it needs the built packages.
 */
export async function checkVolumeGuide(page) {
  const text = readMarked(page, "replay");
  const rows = text && readTable(text);
  if (!rows) return [`docs/guides/volume.md lacks its table ${FIX}`];
  const { comparePolicies } = await loadReplay();
  const { compared } = await comparePolicies({ sets: MEASURED, day: DAY, seeds: 1 });
  return [
    ...compared.flatMap((measured) => compareRow(rows[measured.set], measured)),
    ...checkPromise(rows.sensible),
  ];
}

function compareRow(row, measured) {
  return ["items", "wireBytes", "billedBytes"]
    .filter((key) => Math.abs(row[key] / measured[key] - 1) > TOLERANCE)
    .map(
      (key) =>
        `docs/guides/volume.md: ${key} of ${measured.set} is ${row[key]}, measured ${measured[key]} ${FIX}`,
    );
}

function checkPromise({ saving, counterSums, p95 }) {
  const holds = saving >= MIN_SAVING && counterSums === 0 && p95 <= MAX_P95_PERCENT;
  return holds
    ? []
    : [
        `docs/guides/volume.md: the sensible set must cost at most 1/${MIN_SAVING}, with exact counters and p95 within ${MAX_P95_PERCENT} %`,
      ];
}
