import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const SOURCES = join(import.meta.dirname, "../../src");
const BIN = join(import.meta.dirname, "../../dist/cli.js");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  process: ChildProcess;
  /** Resolves with all of stdout as soon as it contains the text. */
  waitForOutput(text: string): Promise<string>;
  ended: Promise<Ended>;
}

export interface CliOptions {
  cwd: string;
  env?: Record<string, string>;
  /** Shell commands before it, for example `ulimit`. */
  before?: string;
  /** Run it in a real terminal of this many characters (Linux only); its output then is all on stdout. */
  columns?: number;
}

/** Starts the built `spanmeter` binary as a user would: a process of its own, in a folder of its own. */
export function startCli(args: string[], options: CliOptions): Running {
  const { cwd, env = {} } = options;
  requireBuild();
  const [program = "", ...rest] = commandOf(args, options);
  const child = spawn(program, rest, { cwd, env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill("SIGKILL"));
  const seen = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (seen.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (seen.stderr += String(chunk)));
  const ended = new Promise<Ended>((resolve) =>
    child.once("close", (code) => resolve({ code, ...seen })),
  );
  const waitForOutput = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (seen.stdout.includes(text)) resolve(seen.stdout);
      };
      child.stdout.on("data", look);
      child.once("close", () =>
        reject(new Error(`It ended without the output ${text}: ${seen.stdout}${seen.stderr}`)),
      );
      look();
    });
  return { process: child, waitForOutput, ended };
}

function commandOf(args: string[], { before, columns }: CliOptions): string[] {
  const command = [process.execPath, BIN, ...args];
  if (columns !== undefined) {
    const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
    return ["script", "-qec", `stty cols ${columns} rows 50; exec ${quoted}`, "/dev/null"];
  }
  return before === undefined
    ? command
    : ["bash", "-c", `${before}; exec "$@"`, "bash", ...command];
}

/** Throws when the build is older than the sources. */
export function requireBuild(): void {
  const built = statSync(BIN, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
  const newest = Math.max(...sources.map((path) => statSync(join(SOURCES, path)).mtimeMs));
  if (built < newest) throw new Error("Build first: pnpm --filter @spanmeter/explorer build");
}

export const runCli = (args: string[], options: CliOptions): Promise<Ended> =>
  startCli(args, options).ended;

/** Starts `spanmeter explorer` on a free port and returns its address. */
export async function startExplorerCli(
  args: string[],
  options: CliOptions,
): Promise<Running & { url: string }> {
  const running = startCli(["explorer", "--port", "0", ...args], options);
  const output = await running.waitForOutput("Ctrl-C");
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
  if (url === undefined) throw new Error(`No address in: ${output}`);
  return { ...running, url };
}
