import { build } from "esbuild";
import type { BuildOptions } from "esbuild";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";

const testFolder = join(import.meta.dirname, "..");

/** Bundles a file for a browser. Its path is relative to the test folder. */
export async function bundle(entry: string, options: BuildOptions = {}): Promise<string> {
  const result = await build({
    entryPoints: [join(testFolder, entry)],
    // Aliases are resolved from here.
    absWorkingDir: testFolder,
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    target: "es2021",
    define: { "process.env.NODE_ENV": '"production"', __DEV__: "false" },
    logLevel: "silent",
    ...options,
  });
  return result.outputFiles?.[0]?.text ?? "";
}

/** A script that the global setup has built (`build-scripts.ts`). */
const built = (name: string): Promise<string> =>
  readFile(join(inject("scriptFolder"), name), "utf8");

/** The `<script>` file with the global `Spanmeter`, built from the sources. */
export const spanmeterScript = (): Promise<string> => built("spanmeter.js");

export const SENTRY_MAJORS = [8, 9, 10, 11] as const;

/** A script with the global `Sentry`, built from `@sentry/browser` of that major. */
export const sentryScript = (major: number): Promise<string> => built(`sentry-${major}.js`);

/** The scripts of a page with the globals `Sentry`, `SpanmeterSentry` and `startSentry`. */
export const behindSentry = async (
  major: number,
  build: "production" | "development" = "production",
): Promise<string[]> => [
  await sentryScript(major),
  await built(build === "production" ? "behind-sentry.js" : "behind-sentry.development.js"),
  await built("start-sentry.js"),
];

/** The majors of Sentry whose `metrics` belong to traces. */
export const MAJORS_WITH_METRICS = [10, 11] as const;
