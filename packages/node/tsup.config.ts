import { defineConfig } from "tsup";
import { base } from "../tsup.base.js";

// Two builds: one for node, Deno and Bun, and one for edge runtimes, whose types are those of the first.
export default defineConfig([
  base,
  { ...base, entry: ["src/edge.ts"], platform: "neutral", dts: false, clean: false },
]);
