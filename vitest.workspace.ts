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
  "@spanmeter/explorer": here("packages/explorer/src"),
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
    ...limits,
    ...options,
  },
});

/**
 * For packages whose tests leave a process as they found it: reading every module anew for every file takes a third of
 * their processor time. The tests of node break parts of the platform and weigh the heap, which takes one process each.
 */
export const inOneProcess: ProjectConfig["test"] = {
  isolate: false,
  setupFiles: here("vitest.setup.ts"),
};

/** The explorer's: what it loads is loaded in one order. */
export const explorerSetUp: ProjectConfig["test"] = {
  isolate: false,
  setupFiles: [here("vitest.setup.ts"), here("packages/explorer/test/support/load-first.ts")],
};

/** What the test files of a package share. */
export const setupOf = (name: string): ProjectConfig["test"] => ({
  globalSetup: here(`packages/${name}/test/support/global-setup.ts`),
});

export default defineConfig({
  test: {
    maxWorkers,
    sequence: { sequencer: LongestFirst },
    projects: [
      nodeProject("core", inOneProcess),
      nodeProject("node", setupOf("node")),
      nodeProject("explorer", explorerSetUp),
      nodeProject("explorer-ui", inOneProcess),
      nodeProject("testing", inOneProcess),
      nodeProject("runtimes"),
      nodeProject("browser", { ...setupOf("browser"), ...inOneProcess }),
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
