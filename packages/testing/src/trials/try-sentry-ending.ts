import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProcessEnd } from "../readers/read-to-end.js";
import type { IngestRequest } from "../servers/ingest-request.js";
import { startIngest } from "../servers/ingest-server.js";
import { ENDINGS } from "./endings.js";
import { brokenPromises, type SentryEnd } from "./sentry-end.js";
import type { SentrySetup } from "./sentry-process.js";
import { runEnding } from "./try-ending.js";

/**
 * The ends of a process that lose nothing with Spanmeter behind `Sentry.metrics`. `Sentry.flush()` sends in a later
 * task, which an exit listener does not have.
 */
export const SENTRY_ENDINGS: readonly string[] = Object.keys(ENDINGS).filter(
  (way) => way !== "flush in an exit handler",
);

/**
 * The state of sends and of the server when the process ends. `nothing has left`: all metrics were recorded in the same
 * task. `the server is down`: the same, and every connection breaks until the next process. `one unanswered`: the
 * server has read an envelope, and answers what it reads for the first time 3 s later.
 */
export const SENTRY_MOMENTS = ["nothing has left", "the server is down", "one unanswered"] as const;
/** One of {@link SENTRY_MOMENTS}. */
export type SentryMoment = (typeof SENTRY_MOMENTS)[number];

/** The result of {@link trySentryEnding}. */
export interface SentryEndingTrial extends SentryEnd {
  readonly way: string;
  readonly moment: SentryMoment;
  /** The exit code, signal, stdout and stderr. */
  readonly end: ProcessEnd;
  /** The broken promises of Spanmeter, in sentences; always empty for plain Sentry. */
  readonly broken: readonly string[];
}

const RECORDED = 250;
const ANSWER_AFTER_MS = 3000;
/** Longer than a busy machine needs. */
const PATIENT_MS = "60000";

/**
 * Ends a process that records 250 counts with `Sentry.metrics`, runs the next process, and adds up what arrived. The
 * script is `ending.ts` of node's fixtures, with `sentry/ending-sdk.ts` in the place of `@spanmeter/node`.
 */
export async function trySentryEnding(
  script: string,
  way: string,
  moment: SentryMoment,
  { major, mode }: SentrySetup,
): Promise<SentryEndingTrial> {
  const ingest = await startIngest({ rules: { foreign: true } });
  const home = await mkdtemp(join(tmpdir(), "spanmeter-behind-"));
  const seen = join(home, "seen");
  const server = { isDown: moment === "the server is down", isSlow: moment === "one unanswered" };
  const accepted: IngestRequest[] = [];
  const unanswered = new Set<number>();
  ingest.reply((request) => {
    if (server.isDown) return { fault: "reset" };
    accepted.push(request);
    const fresh = numbersOf([request]).filter((number) => !unanswered.has(number));
    if (!server.isSlow || fresh.length === 0) return undefined;
    for (const number of fresh) unanswered.add(number);
    writeFileSync(seen, "");
    return { delay: ANSWER_AFTER_MS };
  });
  // Of a server that is down the script does not know.
  const momentOfScript = server.isDown ? "nothing has left" : moment;
  const args = [ingest.dsn, PATIENT_MS, momentOfScript, seen, String(major), mode, moment];
  try {
    const end = await runEnding(script, way, { args, home });
    server.isDown = server.isSlow = false;
    await runEnding(script, "next process", { args, home });
    ingest.assertClean();
    const counts = readEnd(accepted, unanswered.size);
    const broken = mode === "plain" ? [] : brokenPromises(counts);
    return { way, moment, ...counts, end, broken };
  } finally {
    await ingest.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** The numbers of the counts in these requests. */
const numbersOf = (requests: readonly IngestRequest[]): number[] =>
  requests
    .flatMap(({ metrics }) => metrics.filter(({ name }) => name === "kept"))
    .map(({ attributes }) => Number(attributes["number"]));

function readEnd(accepted: readonly IngestRequest[], ambiguous: number): SentryEnd {
  const numbers = numbersOf(accepted);
  const arrived = new Set(numbers).size;
  const reported = accepted
    .flatMap(({ envelope }) => envelope?.clientReports ?? [])
    .flatMap(({ discarded }) => discarded)
    .filter(({ category }) => category === "trace_metric")
    .reduce((total, { quantity }) => total + quantity, 0);
  const doubled = numbers.length - arrived;
  return { recorded: RECORDED, arrived, doubled, ambiguous, reported, dropped: 0 };
}
