import { defineConfig } from "tsup";
import { base } from "../tsup.base.js";

export default defineConfig({
  ...base,
  // `await using`: an application may compile for less, and without node's types.
  dts: { ...Object(base.dts), banner: '/// <reference lib="esnext.disposable" />' },
});
