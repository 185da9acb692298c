import { createRequire } from "node:module";

/**
 * Loads one of node's own modules at its first use, so that it costs a cold start nothing.
 * `process.getBuiltinModule` came with Node 20.16 and 22.3; older Nodes, and the Deno, Bun and Electron
 * of those days, have `require` alone.
 */
export const builtin: typeof process.getBuiltinModule = (name: string) =>
  process.getBuiltinModule?.(name) ?? (createRequire(process.execPath)(name) as object);
