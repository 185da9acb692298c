import { defineConfig } from "tsup";
import { internalNames } from "./internal-names.js";

/** The ready-made file for a `<script>` tag: everything in one, with the global `Spanmeter`. */
export default defineConfig({
  entry: { "spanmeter.min": "src/index.ts" },
  format: ["iife"],
  globalName: "Spanmeter",
  target: "es2021",
  platform: "browser",
  noExternal: [/.*/],
  define: { "process.env.NODE_ENV": '"production"', __DEV__: "false" },
  esbuildOptions(options) {
    options.mangleProps = internalNames;
  },
  minify: true,
  silent: true,
  sourcemap: true,
  outExtension: () => ({ js: ".js" }),
});
