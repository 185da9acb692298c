import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder of the bundled scripts in `test/fixtures`: `<name>.cjs` and `<name>.mjs`. */
    bundleFolder: string;
  }
}

const here = (path: string): string => join(import.meta.dirname, path);

/** Bundles the scripts that tests run in other processes, once for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Inside this package, so that the scripts find its dependencies; one folder for each run.
  const folder = here(`../../node_modules/.cache/scripts-${process.pid}`);
  const paths = await readdir(here("../fixtures"), { recursive: true });
  const scripts = paths.filter((path) => path.endsWith(".ts"));
  const entryPoints = Object.fromEntries(
    scripts.map((path) => [basename(path, ".ts"), here(join("../fixtures", path))]),
  );
  await Promise.all([bundle(entryPoints, folder, "cjs"), bundle(entryPoints, folder, "esm")]);
  project.provide("bundleFolder", folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** Bundles our sources with the scripts. Other packages stay outside, so that they are the real ones. */
const bundle = (
  entryPoints: Record<string, string>,
  outdir: string,
  format: "esm" | "cjs",
): Promise<unknown> =>
  build({
    entryPoints,
    outdir,
    format,
    outExtension: { ".js": format === "esm" ? ".mjs" : ".cjs" },
    bundle: true,
    platform: "node",
    target: "es2022",
    logLevel: "error",
    define: { __DEV__: "true" },
    external: ["@sentry/*", "@opentelemetry/*"],
    alias: {
      "@spanmeter/core": here("../../../core/src/index.ts"),
      "@spanmeter/node": here("../../src/index.ts"),
      "@spanmeter/node/sentry": here("../../src/sentry.ts"),
    },
  });
