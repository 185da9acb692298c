import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder of the bundled `test/fixtures`: `<name>.cjs` and `<name>.mjs`. */
    bundleFolder: string;
  }
}

const here = (path: string): string => join(import.meta.dirname, path);

/** Bundles the scripts that tests run in processes of their own, once for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // In this package's folder, from where packages are found; one for each run.
  const folder = here(`../../node_modules/.cache/scripts-${process.pid}`);
  const names = (await readdir(here("../fixtures"))).filter((name) => name.endsWith(".ts"));
  const entryPoints = names.map((name) => here(`../fixtures/${name}`));
  await Promise.all([bundle(entryPoints, folder, "cjs"), bundle(entryPoints, folder, "esm")]);
  project.provide("bundleFolder", folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** Our sources become part of the scripts; packages stay outside, so that they are the real ones. */
const bundle = (entryPoints: string[], outdir: string, format: "esm" | "cjs"): Promise<unknown> =>
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
    },
  });
