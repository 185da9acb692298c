import { cp } from "node:fs/promises";
import { defineConfig } from "tsup";
import { base } from "../tsup.base.js";

export default defineConfig({
  ...base,
  entry: { index: "src/index.ts", cli: "src/cli/main.ts" },
  dts: { ...(base.dts as object), entry: { index: "src/index.ts" } },
  // `import.meta.url` in CommonJS.
  shims: true,
  onSuccess: () => cp("../explorer-ui/dist", "dist/page", { recursive: true }),
});
