import { defineConfig } from "tsup";
import { base } from "../tsup.base.js";

// Two builds of the same source: one that explains itself to developers, and one for bundlers in
// production mode, without the sentences. The platform decides at run time what the first one says.
export default defineConfig([
  { ...base, define: { __DEV__: "true" } },
  {
    ...base,
    entry: { "index.production": "src/index.ts" },
    define: { __DEV__: "false" },
    dts: false,
    clean: false,
  },
]);
