import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENDINGS } from "./endings.js";
import { startIngest } from "../servers/ingest-server.js";
import { readToEnd, type ProcessEnd } from "../readers/read-to-end.js";

/**
 * The state of sends when the process ends. `nothing has left`: all metrics were recorded in the same
 * task. `all answered`: no send is open. `one unanswered`: the server has read a batch and does not answer.
 */
export const MOMENTS = ["nothing has left", "all answered", "one unanswered"] as const;
/** One of {@link MOMENTS}. */
export type Moment = (typeof MOMENTS)[number];

/** The result of {@link tryEnding}. */
export interface EndingTrial {
  readonly way: string;
  readonly moment: Moment;
  readonly recorded: number;
  /** The number of different metrics received, from this process and the next. */
  readonly received: number;
  readonly lost: number;
  readonly twice: number;
  /** Metrics that the server read without an answer: only those may arrive twice. */
  readonly unanswered: number;
  /** Metrics that the next process sent. */
  readonly spooled: number;
  /** The number of files left after the next process. */
  readonly left: number;
  /** The exit code, signal, stdout and stderr with Spanmeter. */
  readonly end: ProcessEnd;
}

const RECORDED = 250;

/** Options of {@link runEnding}. */
export interface RunEndingOptions {
  /**
   * Further arguments of the script.
   * @default []
   */
  readonly args?: readonly string[];
  /**
   * The user's state folder (XDG_STATE_HOME). By default the system's temporary folder.
   * @default os.tmpdir()
   */
  readonly home?: string;
  /**
   * The runtime and its arguments. By default the node of this process.
   * @default [process.execPath]
   */
  readonly runtime?: readonly [program: string, ...args: string[]];
}

/** Runs the script until it ends. `way` is a row of ENDINGS. */
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
  return { ...end, stderr: normalise(end.stderr) };
}

/** Removes stack frames and process ids, which differ between runs. */
const normalise = (stderr: string): string =>
  stderr.replace(/\n\s+at .*/g, "").replace(/\(node:\d+\)/g, "(node)");

/** Longer than a busy machine needs: sends that a shutdown timeout cuts off may arrive twice. */
const PATIENT_MS = "60000";
/** Only a natural end waits for an unanswered send until the timeout. */
const timeoutOf = (way: string, moment: Moment): string =>
  ENDINGS[way]?.isNatural && moment === "one unanswered" ? "5000" : PATIENT_MS;

/** Ends a process that records 250 metrics, runs the next process if files are left, and adds up the totals. */
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
      await runEnding(script, "next process", { args: [ingest.dsn, PATIENT_MS], home });
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
