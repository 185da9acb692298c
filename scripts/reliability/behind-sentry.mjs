import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const node = join(root, "packages/node");
/** The number of parallel trials, which suits a small machine: most of them wait. */
const WORKERS = 4;
const MAJOR = 11;
const MODES = ["plain", "integration"];
const CALLS = 200_000;

/** Bundles the scripts of these trials with the built package, and passes their folder to `use`. */
async function withScripts(use) {
  // Inside the package, so that the scripts find the SDKs of Sentry.
  const folder = await mkdtemp(join(node, "node_modules/.behind-sentry-"));
  const bundle = (path, name, sdk) =>
    build({
      entryPoints: [join(node, "test/fixtures", path)],
      outfile: join(folder, name),
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      logLevel: "error",
      external: ["@sentry/*"],
      alias: {
        "@spanmeter/node/sentry": join(node, "dist/sentry.js"),
        "@spanmeter/node": sdk,
        "@spanmeter/core": join(root, "packages/core/dist/index.js"),
      },
    });
  try {
    await bundle("sentry/sentry-fault.ts", "fault.cjs", join(node, "dist/index.js"));
    await bundle("ending.ts", "ending.cjs", join(node, "test/fixtures/sentry/ending-sdk.ts"));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Calls `attempt` for all names, a few at a time, and resolves to the results in the order of the names. */
async function tryAll(names, attempt, onProgress) {
  const results = new Map();
  const waiting = [...names];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      onProgress(name);
      results.set(name, await attempt(name));
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return names.map((name) => results.get(name));
}

/**
 * Runs every fault and every end of a process with plain Sentry and with the integration. Returns rows, each with the
 * results of both and what is broken.
 */
export function tryBehindSentry(testing, { faults, endings, burst = true }, onProgress) {
  const { SENTRY_MOMENTS, trySentryBurst, trySentryEnding, trySentryFault } = testing;
  return withScripts(async (folder) => {
    const tryFault = async (fault) => {
      const [plain, behind] = await Promise.all(
        MODES.map((mode) =>
          trySentryFault(join(folder, "fault.cjs"), fault, { major: MAJOR, mode }),
        ),
      );
      return { name: fault, plain, behind, broken: [...plain.broken, ...behind.broken] };
    };
    const tryEnding = async (way) => {
      const moments = [];
      const script = join(folder, "ending.cjs");
      for (const moment of SENTRY_MOMENTS) {
        const attempt = (mode) => trySentryEnding(script, way, moment, { major: MAJOR, mode });
        const plain = await attempt("plain");
        const behind = await attempt("integration");
        const isSame = JSON.stringify(plain.end) === JSON.stringify(behind.end);
        const broken = [...behind.broken, ...(isSame ? [] : ["exit or output differs"])];
        moments.push({ moment, plain, behind, broken: broken.map((each) => `${moment}: ${each}`) });
      }
      return { name: way, moments, broken: moments.flatMap((each) => each.broken) };
    };
    const tryBurst = async () => {
      const results = [];
      for (const mode of MODES)
        results.push(
          await trySentryBurst(join(folder, "fault.cjs"), CALLS, { major: MAJOR, mode }),
        );
      const [plain, behind] = results;
      return { name: "burst", plain, behind, broken: [...plain.broken, ...behind.broken] };
    };
    return {
      faults: await tryAll(faults, tryFault, onProgress),
      burst: burst ? await tryBurst() : undefined,
      endings: await tryAll(endings, tryEnding, onProgress),
    };
  });
}
