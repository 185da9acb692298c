import type { Options } from "tsup";

/** What every published package is built with: ESM and CJS, types for both, source maps, ES2021. */
export const base: Options = {
  entry: ["src/index.ts"],
  format: ["esm", "cjs"],
  target: "es2021",
  // The workspace `paths` point at sources; declarations must point at the published packages.
  dts: {
    compilerOptions: {
      composite: false,
      incremental: false,
      declarationMap: false,
      ignoreDeprecations: "6.0",
      paths: {},
    },
  },
  sourcemap: true,
  clean: true,
  // Bundlers for runtimes other than node know built-in modules by `node:` only.
  removeNodeProtocol: false,
  // Only what goes wrong: whoever tries the demo has not come for the build.
  silent: true,
  treeshake: true,
};
