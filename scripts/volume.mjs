// Writes the table of docs/guides/volume.md and its picture, docs/volume.svg: a day of the demo shop is replayed on a fake
// clock under several policies. Needs the built packages. `--picture` draws the picture only.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { replaceMarked } from "./sentry-guide/marked.mjs";
import { loadReplay } from "./volume/load-replay.mjs";
import { drawSpreads } from "./volume/picture.mjs";
import { DAY, SEEDS, SETS } from "./volume/settings.mjs";
import { replayTable } from "./volume/table.mjs";

const root = join(import.meta.dirname, "..");
const GUIDE = join(root, "docs/guides/volume.md");
const PICTURE_SEEDS = 60;
const { values } = parseArgs({ options: { picture: { type: "boolean", default: false } } });
const { comparePolicies, estimateSpreads } = await loadReplay();

const spreads = await estimateSpreads(PICTURE_SEEDS);
await writeFile(join(root, "docs/volume.svg"), drawSpreads({ ...spreads, seeds: PICTURE_SEEDS }));

if (!values.picture) {
  const result = await comparePolicies({ sets: SETS, day: DAY, seeds: SEEDS });
  const guide = await readFile(GUIDE, "utf8");
  await writeFile(GUIDE, replaceMarked(guide, "replay", replayTable(result)));
}
