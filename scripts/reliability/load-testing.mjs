import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "../..");

/** Bundles and loads the fault server and the trials from their sources. */
export async function loadTesting() {
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-reliability-"));
  const outfile = join(folder, "testing.mjs");
  const exports = [
    "servers/faults",
    "trials/try-fault",
    "trials/soak",
    "trials/burst",
    "trials/endings",
    "trials/try-ending",
    "trials/sentry-end",
    "trials/try-sentry-fault",
    "trials/try-sentry-ending",
  ].map((path) => `export * from "./packages/testing/src/${path}.ts";`);
  try {
    await build({
      stdin: { contents: exports.join("\n"), resolveDir: root },
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Loads the built node package. */
export const loadNode = () => import(pathToFileURL(join(root, "packages/node/dist/index.js")).href);
