import { defineConfig } from "tsup";
import { writeShell } from "./write-shell.js";

export default defineConfig({
  entry: { page: "src/main.tsx" },
  outDir: "dist/assets",
  format: "esm",
  platform: "browser",
  // Engines with popovers, anchors and `light-dark()`.
  target: ["chrome129", "firefox147", "safari26"],
  clean: true,
  minify: true,
  treeshake: true,
  silent: true,
  define: { "process.env.NODE_ENV": '"production"' },
  noExternal: [/.*/],
  esbuildOptions(options) {
    options.jsx = "automatic";
    options.jsxImportSource = "preact";
    options.loader = { ...options.loader, ".woff2": "file" };
    options.assetNames = "[name]-[hash]";
    options.legalComments = "none";
  },
  onSuccess: () => writeShell("src/index.html", "dist"),
});
