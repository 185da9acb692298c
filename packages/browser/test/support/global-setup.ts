import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { chromiumLaunchOptions } from "../../../../scripts/chromium.mjs";
import {
  buildBehindSentryForDevelopment,
  buildBehindSentryScript,
  buildSentryScript,
  buildSpanmeterScript,
} from "./build-scripts.js";
import { bundle, SENTRY_MAJORS } from "./bundle.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** The endpoint of the Chromium that all test files share. */
    chromiumEndpoint: string;
    /** The folder of the scripts that pages load. */
    scriptFolder: string;
  }
}

/** Starts one Chromium and builds the scripts once for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scriptFolder = await mkdtemp(join(tmpdir(), "spanmeter-scripts-"));
  const write = async (name: string, text: Promise<string>): Promise<void> =>
    writeFile(join(scriptFolder, name), await text);
  const [server] = await Promise.all([
    chromium.launchServer({
      ...(await chromiumLaunchOptions()),
      // Playwright disables the back/forward cache, which visitors have.
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
    }),
    write("spanmeter.js", buildSpanmeterScript()),
    write("behind-sentry.js", buildBehindSentryScript()),
    write("behind-sentry.development.js", buildBehindSentryForDevelopment()),
    write("start-sentry.js", bundle("pages/start-sentry.ts")),
    ...SENTRY_MAJORS.map((major) => write(`sentry-${major}.js`, buildSentryScript(major))),
  ]);
  project.provide("chromiumEndpoint", server.wsEndpoint());
  project.provide("scriptFolder", scriptFolder);
  return async () => {
    await server.close();
    await rm(scriptFolder, { recursive: true, force: true });
  };
}
