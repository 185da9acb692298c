import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { readToEnd, type ProcessEnd } from "@spanmeter/testing/readers/read-to-end";
import { binaryOf } from "./binaries.js";

const COMMANDS = {
  deno: ["run", "--no-prompt", "--quiet", "--no-check"],
  // Bun would follow the `paths` of the workspace to the sources.
  bun: ["run", `--tsconfig-override=${fileURLToPath(new URL("no-paths.json", import.meta.url))}`],
} as const;

export interface RunOptions {
  readonly runtime: keyof typeof COMMANDS;
  /** Flags of the runtime. */
  readonly flags?: readonly string[];
  readonly args?: readonly string[];
  /** The state folder of the user. */
  readonly home?: string;
}

/** Runs a script of `test/fixtures` with the built packages, to its end. */
export async function runFixture(name: string, options: RunOptions): Promise<ProcessEnd> {
  const { runtime, flags = [], args = [], home = "" } = options;
  const script = fileURLToPath(new URL(`../fixtures/${name}.ts`, import.meta.url));
  const child = spawn(binaryOf(runtime), [...COMMANDS[runtime], ...flags, script, ...args], {
    env: { PATH: process.env["PATH"], XDG_STATE_HOME: home, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 120_000,
    killSignal: "SIGKILL",
  });
  return readToEnd(child);
}
