import { playwright } from "@vitest/browser-playwright";
import { mkdtempSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import type { UserWorkspaceConfig as ProjectConfig } from "vitest/config";
import { chromiumLaunchOptions } from "./scripts/chromium.mjs";
import { LongestFirst } from "./vitest.sequencer.js";

const here = (path: string): string => join(import.meta.dirname, path);
const launchOptions = await chromiumLaunchOptions();

/** Unit tests read the sources, so that a failure points at the line to mend. */
const alias = {
  "@spanmeter/core": here("packages/core/src/index.ts"),
  "@spanmeter/browser": here("packages/browser/src/index.ts"),
  "@spanmeter/node": here("packages/node/src/index.ts"),
};

/** Sources under test say everything they can say to a developer. */
// A function, because vitest takes the keys out of the object it is given.
const define = (): Record<string, string> => ({ __DEV__: "true" });

/** Where node clients of the tests keep what could not be sent; never the developer's own folder. */
const env = { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), "spanmeter-tests-")) };

/** They end tests that hang. No test expects anything to be fast, so a busy machine may take long. */
const limits = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
};

/** More than there are processors: most of what a test file does is to wait for other processes. */
export const maxWorkers = availableParallelism() + 1;

export const nodeProject = (name: string, options: ProjectConfig["test"] = {}) => ({
  resolve: { alias },
  define: define(),
  test: {
    name,
    env,
    root: here(`packages/${name}`),
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.browser.test.ts"],
    // Reading every module anew for every file took a third of the processor time of a whole run.
    isolate: false,
    setupFiles: here("vitest.setup.ts"),
    ...limits,
    ...options,
  },
});

/** What the test files of a package share. */
export const setupOf = (name: string): ProjectConfig["test"] => ({
  globalSetup: here(`packages/${name}/test/support/global-setup.ts`),
});

export default defineConfig({
  test: {
    maxWorkers,
    sequence: { sequencer: LongestFirst },
    projects: [
      nodeProject("core"),
      nodeProject("node", setupOf("node")),
      nodeProject("explorer"),
      nodeProject("testing"),
      nodeProject("runtimes"),
      nodeProject("browser", setupOf("browser")),
      nodeProject("examples", { root: here("examples") }),
      nodeProject("bench", { root: here("bench") }),
      {
        resolve: { alias },
        define: define(),
        test: {
          name: "chromium",
          root: here("packages/browser"),
          include: ["test/**/*.browser.test.ts"],
          ...limits,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: "chromium" as const }],
          },
        },
      },
    ],
  },
});
