import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The exit code and output of a script. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of {@link start} and {@link run}. */
export interface RunOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A running script. */
export interface Started {
  readonly child: ChildProcess;
  /** Resolves to the output so far once it matches. Rejects if the script ends first. */
  printed(pattern: RegExp): Promise<string>;
  readonly ended: Promise<Run>;
}

/** The variables that scripts receive: none that changes their reports. */
const passedEnv = Object.fromEntries(
  ["PATH", "HOME", "CHROMIUM_PATH"].map((name) => [name, process.env[name]]),
);

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Starts a script of the repository in its own process, which ends with the test. */
export function start(script: string, { args = [], env = {} }: RunOptions = {}): Started {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...passedEnv, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Not SIGKILL, so that the demo can stop its children.
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
    const endedEarly = ended.then(() =>
      Promise.reject(new Error(`It ended:\n${stdout}\n${stderr}`)),
    );
    while (!pattern.test(stdout)) await Promise.race([once(child.stdout, "data"), endedEarly]);
    endedEarly.catch(() => {});
    return stdout;
  };
  return { child, printed, ended };
}

/** Runs a script of the repository until it ends. */
export const run = (script: string, options?: RunOptions): Promise<Run> =>
  start(script, options).ended;

/** Runs `index.mjs` of an example with this DSN. */
export function runExample(name: string, dsn: string, args: readonly string[] = []): Promise<Run> {
  return run(`examples/${name}/index.mjs`, { args, env: { SENTRY_DSN: dsn } });
}

/** Parses output with one JSON object per line. */
export const jsonLines = <T>(text: string): T[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
