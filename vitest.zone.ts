import { defineConfig } from "vitest/config";
import {
  explorerSetUp,
  inOneProcess,
  maxWorkers,
  nodeProject,
  setupOf,
} from "./vitest.workspace.js";

/** Where the clock on the wall is not UTC, for the tests and for the processes they start. */
const TZ = process.env["TEST_ZONE"] ?? "America/New_York";

/** Takes long and reads no time as text: processes that end, real SDKs, properties of bytes. */
const exclude = [
  "**/accounting/**",
  "**/{hostile,real-sentry,encode-metrics,untraced,with-flush}.test.ts",
  "**/cli/explorer.test.ts",
  "**/{intake,process,shutdown,spool,suites}/**",
  "**/{otel,sentry}-*.test.ts",
];

const inZone = (name: string, options: Parameters<typeof nodeProject>[1] = {}) => {
  const project = nodeProject(name, { ...options, exclude });
  return { ...project, test: { ...project.test, env: { ...project.test.env, TZ } } };
};

export default defineConfig({
  test: {
    maxWorkers,
    projects: [
      inZone("core", inOneProcess),
      inZone("explorer", explorerSetUp),
      inZone("node", setupOf("node")),
    ],
  },
});
