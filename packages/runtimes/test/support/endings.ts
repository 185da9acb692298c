import { fileURLToPath } from "node:url";
import { ENDINGS } from "@spanmeter/testing/trials/endings";
import { runEnding, tryEnding } from "@spanmeter/testing/trials/try-ending";
import type { ProcessEnd } from "@spanmeter/testing/readers/read-to-end";
import type { RunEndingOptions } from "@spanmeter/testing/trials/try-ending";
import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

interface Trial {
  readonly way: string;
  readonly received: number;
  readonly left: number;
  readonly end: ProcessEnd;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Handlers are tried with one signal; the others are the same to all runtimes. */
const LIKE_OTHERS = /^(SIGINT|SIGHUP) handler|^fork|ten handlers/;
/** Node's own flags, such as `--unhandled-rejections`, mean nothing elsewhere. */
const WAYS = Object.keys(ENDINGS).filter((way) => !ENDINGS[way]?.flags && !LIKE_OTHERS.test(way));
/** As many at a time as a small machine keeps up with. */
const LANES = 3;

/** Every end of a process in this runtime, and what it should have been: that of a run without us. */
export async function tryEndings(
  runtime: NonNullable<RunEndingOptions["runtime"]>,
  /** Where the runtime itself prints errors. */
  isNoisy: (way: string) => boolean = () => false,
): Promise<{ trials: Trial[]; wanted: Trial[] }> {
  const script = await bundleEnding();
  const rows = new Map<string, { trial: Trial; wanted: Trial }>();
  const waiting = [...WAYS];

  async function lane(): Promise<void> {
    for (let way = waiting.shift(); way; way = waiting.shift()) {
      const heard = (end: ProcessEnd): ProcessEnd =>
        isNoisy(way as string) ? { ...end, stderr: "" } : end;
      const plain = await runEnding(script, way, { runtime });
      const { received, left, end } = await tryEnding(script, way, "nothing has left", runtime);
      rows.set(way, {
        trial: { way, received, left, end: heard(end) },
        wanted: { way, received: 250, left: 0, end: heard(plain) },
      });
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane));
  const inOrder = WAYS.map((way) => rows.get(way)!);
  return {
    trials: inOrder.map(({ trial }) => trial),
    wanted: inOrder.map(({ wanted }) => wanted),
  };
}

/** Node's script of endings with the built package. */
async function bundleEnding(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-endings-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const outfile = join(folder, "ending.mjs");
  await build({
    entryPoints: [here("../../../node/test/fixtures/ending.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    alias: { "@spanmeter/node": here("../../../node/dist/index.js") },
    logLevel: "error",
    tsconfigRaw: {},
  });
  return outfile;
}
