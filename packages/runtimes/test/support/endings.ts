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

/** Left out: every runtime treats all signals alike. */
const REDUNDANT = /^(SIGINT|SIGHUP) handler|^fork|ten handlers/;
/** Without flags of node, such as `--unhandled-rejections`, which other runtimes do not have. */
const WAYS = Object.keys(ENDINGS).filter((way) => !ENDINGS[way]?.flags && !REDUNDANT.test(way));
/** How many run at a time. */
const CONCURRENCY = 3;

/** Tries every way to end a process in this runtime. The expected end is that of a run without Spanmeter. */
export async function tryEndings(
  runtime: NonNullable<RunEndingOptions["runtime"]>,
  /** Where the runtime itself prints errors. */
  isNoisy: (way: string) => boolean = () => false,
): Promise<{ trials: Trial[]; expected: Trial[] }> {
  const script = await bundleEnding();
  const rows = new Map<string, { trial: Trial; expected: Trial }>();
  const waiting = [...WAYS];

  async function runNext(): Promise<void> {
    for (let way = waiting.shift(); way; way = waiting.shift()) {
      const withoutNoise = (end: ProcessEnd): ProcessEnd =>
        isNoisy(way as string) ? { ...end, stderr: "" } : end;
      const plain = await runEnding(script, way, { runtime });
      const { received, left, end } = await tryEnding(script, way, "nothing has left", runtime);
      rows.set(way, {
        trial: { way, received, left, end: withoutNoise(end) },
        expected: { way, received: 250, left: 0, end: withoutNoise(plain) },
      });
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, runNext));
  const inOrder = WAYS.map((way) => rows.get(way)!);
  return {
    trials: inOrder.map(({ trial }) => trial),
    expected: inOrder.map(({ expected }) => expected),
  };
}

/** Bundles the script of the tests of node with the built package. */
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
