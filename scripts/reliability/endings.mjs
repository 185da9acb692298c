import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
/** The number of parallel trials, which suits a small machine. */
const WORKERS = 4;

/** Runs every given end of a process with the built package, at each moment. */
export async function tryEndings({ MOMENTS, runEnding, tryEnding }, ways, onProgress) {
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-endings-"));
  const script = join(folder, "ending.cjs");
  const rows = new Map();
  const waiting = [...ways];
  const work = async () => {
    for (let way = waiting.shift(); way; way = waiting.shift()) {
      onProgress(way);
      const plain = await runEnding(script, way);
      const trials = [];
      for (const moment of MOMENTS) trials.push(await tryEnding(script, way, moment));
      rows.set(way, { way, plain, trials, broken: brokenBy(plain, trials) });
    }
  };
  try {
    await build({
      entryPoints: [join(root, "packages/node/test/fixtures/ending.ts")],
      outfile: script,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      logLevel: "error",
      alias: {
        "@spanmeter/node": join(root, "packages/node/dist/index.js"),
        "@spanmeter/core": join(root, "packages/core/dist/index.js"),
      },
    });
    await Promise.all(Array.from({ length: WORKERS }, work));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return ways.map((way) => rows.get(way));
}

function brokenBy(plain, trials) {
  const broken = [];
  for (const { moment, lost, twice, unanswered, left, end } of trials) {
    if (lost > 0) broken.push(`${moment}: ${lost} lost`);
    if (twice !== unanswered) broken.push(`${moment}: ${twice} twice, ${unanswered} unanswered`);
    if (left > 0) broken.push(`${moment}: ${left} files left`);
    if (JSON.stringify(end) !== JSON.stringify(plain))
      broken.push(`${moment}: exit or output differs`);
  }
  return broken;
}
