import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { readToEnd, type ProcessEnd } from "@spanmeter/testing/readers/read-to-end";
import { inject, onTestFinished } from "vitest";

export interface RunOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The format of the bundle. Older SDKs can hook `http` only in `cjs`. @default "cjs" */
  readonly format?: "esm" | "cjs";
}

export type Run = ProcessEnd;

/** Runs a script of `test/fixtures` with our sources in another process, to its end. */
export async function runScript(name: string, options: RunOptions = {}): Promise<Run> {
  const { child, done } = startScript(name, options);
  onTestFinished(() => void child.kill("SIGKILL"));
  return done;
}

/**
 * Runs the next process of the user with this state folder, which sends the envelopes that earlier ones stored.
 * Its limit is long: sends that it cuts off would arrive twice.
 */
export const runNextProcess = (dsn: string, home: string): Promise<Run> =>
  runScript("ending", { args: ["next process", dsn, "60000"], env: { XDG_STATE_HOME: home } });

/** Runs a script that prints JSON on its last line, and parses that. Rejects when its exit code is not 0. */
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

/** The path of the bundle of a script, made by the global setup. */
export const bundle = (name: string, format: "esm" | "cjs"): string =>
  join(inject("bundleFolder"), `${name}.${format === "esm" ? "mjs" : "cjs"}`);
