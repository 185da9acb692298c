import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { readToEnd, type ProcessEnd } from "@spanmeter/testing/readers/read-to-end";
import { inject, onTestFinished } from "vitest";

export interface RunOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How the script and our sources are bundled. Default: `cjs`, in which older SDKs can hook `http`. */
  readonly format?: "esm" | "cjs";
}

export type Run = ProcessEnd;

/** Runs `test/fixtures/<name>.ts` with our sources in a process of its own, to its end. */
export async function runScript(name: string, options: RunOptions = {}): Promise<Run> {
  const { child, done } = startScript(name, options);
  onTestFinished(() => void child.kill("SIGKILL"));
  return done;
}

/**
 * Runs a next process of the user with this state folder, which sends what earlier ones left behind. It may take
 * its time: what it does not finish within its limit is for the one after it, and may then arrive twice.
 */
export const runNextProcess = (dsn: string, home: string): Promise<Run> =>
  runScript("ending", { args: ["next process", dsn, "60000"], env: { XDG_STATE_HOME: home } });

/** The same for a script that answers with one line of JSON. */
export async function runForJson<T>(name: string, options: RunOptions = {}): Promise<T> {
  const { code, signal, stdout, stderr } = await runScript(name, options);
  if (code !== 0) throw new Error(`${name} ended with ${code ?? signal}:\n${stdout}\n${stderr}`);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as T;
}

function startScript(
  name: string,
  { args = [], env = {}, format = "cjs" }: RunOptions,
): { child: ChildProcess; done: Promise<Run> } {
  // Without source maps, which node would read for every file of every package.
  const child = spawn(process.execPath, [bundle(name, format), ...args], {
    env: {
      PATH: process.env["PATH"] ?? "",
      XDG_STATE_HOME: process.env["XDG_STATE_HOME"] ?? "",
      NODE_ENV: "production",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, done: readToEnd(child) };
}

/** The bundle of `test/fixtures/<name>.ts`, made by the global setup. */
export const bundle = (name: string, format: "esm" | "cjs"): string =>
  join(inject("bundleFolder"), `${name}.${format === "esm" ? "mjs" : "cjs"}`);
