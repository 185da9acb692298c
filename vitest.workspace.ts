import { playwright } from "@vitest/browser-playwright";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { chromiumLaunchOptions } from "./scripts/chromium.mjs";

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

const nodeProject = (name: string, root = `packages/${name}`) => ({
  resolve: { alias },
  define: define(),
  test: {
    name,
    env,
    root: here(root),
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.browser.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    projects: [
      nodeProject("core"),
      nodeProject("node"),
      nodeProject("explorer"),
      nodeProject("testing"),
      {
        ...nodeProject("runtimes"),
        resolve: { alias: { "@spanmeter/core": here("packages/core/src/index.ts") } },
      },
      nodeProject("browser"),
      nodeProject("examples", "examples"),
      nodeProject("bench", "bench"),
      {
        resolve: { alias },
        define: define(),
        test: {
          name: "chromium",
          root: here("packages/browser"),
          include: ["test/**/*.browser.test.ts"],
          testTimeout: 30_000,
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
