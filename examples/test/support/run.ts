import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Started {
  readonly child: ChildProcess;
  /** Resolves with what it has printed so far once that matches. Rejects when the script ends first. */
  printed(pattern: RegExp): Promise<string>;
  readonly ended: Promise<Run>;
}

/** What a script may know of the machine; nothing that would change what it reports. */
const passedOn = Object.fromEntries(
  ["PATH", "HOME", "CHROMIUM_PATH"].map((name) => [name, process.env[name]]),
);

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Starts a script of the repository in a process of its own, which ends with the test. */
export function start(script: string, { args = [], env = {} }: RunOptions = {}): Started {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...passedOn, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Not SIGKILL: the demo ends its children when it is asked to.
  onTestFinished(() => void child.kill());
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Run>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  const printed = async (pattern: RegExp): Promise<string> => {
    const early = ended.then(() => Promise.reject(new Error(`It ended:\n${stdout}\n${stderr}`)));
    while (!pattern.test(stdout)) await Promise.race([once(child.stdout, "data"), early]);
    early.catch(() => {});
    return stdout;
  };
  return { child, printed, ended };
}

/** Runs a script of the repository to its end. */
export const run = (script: string, options?: RunOptions): Promise<Run> =>
  start(script, options).ended;

/** Runs `index.mjs` of an example that reports to the server behind `dsn`. */
export function runExample(name: string, dsn: string, args: readonly string[] = []): Promise<Run> {
  return run(`examples/${name}/index.mjs`, { args, env: { SENTRY_DSN: dsn } });
}

/** What a script printed, one JSON object a line. */
export const jsonLines = <T>(text: string): T[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
