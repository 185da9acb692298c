import { playwright } from "@vitest/browser-playwright";
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
const define = { __DEV__: "true" };

const nodeProject = (name: string) => ({
  resolve: { alias },
  define,
  test: {
    name,
    root: here(`packages/${name}`),
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
      nodeProject("browser"),
      {
        resolve: { alias },
        define,
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
