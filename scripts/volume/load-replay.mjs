import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "../..");

/** Bundles and loads the replay from its sources; the client is the built one. */
export async function loadReplay() {
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-volume-"));
  const outfile = join(folder, "replay.mjs");
  const exports = ["compare-policies", "estimate-spreads"].map(
    (path) => `export * from "./packages/testing/src/replay/${path}.ts";`,
  );
  try {
    await build({
      stdin: { contents: exports.join("\n"), resolveDir: root },
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "error",
      alias: { "@spanmeter/core": join(root, "packages/core/dist/index.js") },
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
