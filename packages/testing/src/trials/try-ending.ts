import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENDINGS } from "./endings.js";
import { startIngest } from "../servers/ingest-server.js";
import { readToEnd, type ProcessEnd } from "../readers/read-to-end.js";

/**
 * What is under way when the end comes. `nothing has left`: all was recorded in the same turn. `all
 * answered`: nothing is. `one unanswered`: the server has read a batch and never says so.
 */
export const MOMENTS = ["nothing has left", "all answered", "one unanswered"] as const;
export type Moment = (typeof MOMENTS)[number];

export interface EndingTrial {
  readonly way: string;
  readonly moment: Moment;
  readonly recorded: number;
  /** Different metrics that arrived, from this process and the next. */
  readonly received: number;
  readonly lost: number;
  readonly twice: number;
  /** How many were read by the server without an answer: only those may arrive twice. */
  readonly unanswered: number;
  /** What only the next process could send. */
  readonly spooled: number;
  /** Files that are left after the next process. */
  readonly left: number;
  /** Exit code, signal, stdout and stderr, with us. */
  readonly end: ProcessEnd;
}

const RECORDED = 250;

export interface RunEndingOptions {
  readonly args?: readonly string[];
  /** The folder that stands for the user's state folder. */
  readonly home?: string;
  /** The runtime and its own arguments. Default: this node. */
  readonly runtime?: readonly [program: string, ...args: string[]];
}

/** Runs the script with these arguments to its end. */
export async function runEnding(
  script: string,
  way: string,
  { args = [], home = tmpdir(), runtime = [process.execPath] }: RunEndingOptions = {},
): Promise<ProcessEnd> {
  const row = ENDINGS[way] ?? {};
  const [program, ...own] = runtime;
  const child = spawn(program, [...own, ...(row.flags ?? []), script, row.way ?? way, ...args], {
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE_ENV: "production",
      NO_COLOR: "1",
      XDG_STATE_HOME: home,
    },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 100_000,
    killSignal: "SIGKILL",
  });
  const end = await readToEnd(child);
  return { ...end, stderr: visible(end.stderr) };
}

/** Stacks name lines of the bundle, and warnings the process; all else must be the same. */
const visible = (stderr: string): string =>
  stderr.replace(/\n\s+at .*/g, "").replace(/\(node:\d+\)/g, "(node)");

/** More than a busy machine needs: what the limit of an end cuts off may arrive twice. */
const PATIENT_MS = "60000";
/** Only a natural end waits for a server that says nothing, for all of its limit. */
const timeoutOf = (way: string, moment: Moment): string =>
  ENDINGS[way]?.isNatural && moment === "one unanswered" ? "5000" : PATIENT_MS;

/** Ends a process that records 250 metrics, lets the next one send what was left, and adds up. */
export async function tryEnding(
  script: string,
  way: string,
  moment: Moment,
  runtime?: RunEndingOptions["runtime"],
): Promise<EndingTrial> {
  const ingest = await startIngest();
  const home = await mkdtemp(join(tmpdir(), "spanmeter-ending-"));
  const seen = join(home, "seen");
  let unanswered = 0;
  if (moment === "one unanswered")
    ingest.reply(({ metrics }) => {
      if (unanswered > 0) return {};
      unanswered = metrics.length;
      writeFileSync(seen, "");
      return { fault: "hang" };
    });
  const numbers = (): number[] =>
    ingest.requests
      .flatMap(({ metrics }) => metrics.filter(({ name }) => name === "kept"))
      .map(({ attributes }) => Number(attributes["number"]));
  const files = (): Promise<string[]> => readdir(join(home, "spanmeter")).catch(() => []);
  try {
    const end = await runEnding(script, way, {
      args: [ingest.dsn, timeoutOf(way, moment), moment, seen],
      home,
      ...(runtime && { runtime }),
    });
    const before = new Set(numbers()).size;
    if ((await files()).length > 0)
      await runEnding(script, "heir", { args: [ingest.dsn, PATIENT_MS], home });
    const received = new Set(numbers()).size;
    ingest.assertClean();
    return {
      way,
      moment,
      recorded: RECORDED,
      received,
      lost: RECORDED - received,
      twice: numbers().length - received,
      unanswered,
      spooled: received - before,
      left: (await files()).length,
      end,
    };
  } finally {
    await ingest.close();
    await rm(home, { recursive: true, force: true });
  }
}
