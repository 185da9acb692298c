import { createRequire } from "node:module";

/**
 * Loads one of node's own modules at its first use, so that it does not slow down a cold start.
 * `process.getBuiltinModule` exists since Node 20.16 and 22.3. Older versions of Node, and the versions
 * of Deno, Bun and Electron from that time, only have `require`.
 */
export const builtin: typeof process.getBuiltinModule = (name: string) =>
  process.getBuiltinModule?.(name) ?? (createRequire(process.execPath)(name) as object);
