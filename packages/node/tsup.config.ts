import { defineConfig } from "tsup";
import { base } from "../tsup.base.js";

// Two builds: one for node, Deno and Bun, and one for edge runtimes, whose types are those of the first.
export default defineConfig([
  // `await using`: an application may compile for less, and without node's types.
  {
    ...base,
    entry: ["src/index.ts", "src/sentry.ts"],
    dts: { ...Object(base.dts), banner: '/// <reference lib="esnext.disposable" />' },
  },
  {
    ...base,
    entry: ["src/edge.ts", "src/edge-sentry.ts"],
    platform: "neutral",
    dts: false,
    clean: false,
  },
]);
