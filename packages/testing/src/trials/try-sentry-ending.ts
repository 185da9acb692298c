import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProcessEnd } from "../readers/read-to-end.js";
import { startIngest, type IngestServer } from "../servers/ingest-server.js";
import { brokenPromises, type SentryEnd } from "./sentry-end.js";
import type { SentrySetup } from "./sentry-process.js";
import { runEnding } from "./try-ending.js";

/**
 * What the process has sent when it ends, and the server. `nothing has left`: all metrics were recorded in the same
 * task. `the server is down`: the same, and every connection breaks until the next process. `one unanswered`: the
 * server has read an envelope and answers 3 s later.
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
  /** What Spanmeter promises and this trial broke; always empty for plain Sentry. */
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
  let ambiguous = 0;
  if (moment === "the server is down") ingest.reply({ fault: "reset" });
  if (moment === "one unanswered")
    ingest.reply(({ metrics }) => {
      if (ambiguous > 0 || metrics.length === 0) return undefined;
      ambiguous = metrics.length;
      writeFileSync(seen, "");
      return { delay: ANSWER_AFTER_MS };
    });
  // The script knows only one of these moments by name.
  const momentOfScript = moment === "the server is down" ? "nothing has left" : moment;
  const args = [ingest.dsn, PATIENT_MS, momentOfScript, seen, String(major), mode];
  try {
    const end = await runEnding(script, way, { args, home });
    ingest.reply({});
    await runEnding(script, "next process", { args, home });
    ingest.assertClean();
    const counts = readEnd(ingest, ambiguous);
    const broken = mode === "plain" ? [] : brokenPromises(counts);
    return { way, moment, ...counts, end, broken };
  } finally {
    await ingest.close();
    await rm(home, { recursive: true, force: true });
  }
}

function readEnd({ metrics, requests }: IngestServer, ambiguous: number): SentryEnd {
  const numbers = metrics
    .filter(({ name }) => name === "kept")
    .map(({ attributes }) => Number(attributes["number"]));
  const arrived = new Set(numbers).size;
  const reported = requests
    .flatMap(({ envelope }) => envelope?.clientReports ?? [])
    .flatMap(({ discarded }) => discarded)
    .filter(({ category }) => category === "trace_metric")
    .reduce((total, { quantity }) => total + quantity, 0);
  return {
    recorded: RECORDED,
    arrived,
    doubled: numbers.length - arrived,
    ambiguous,
    reported,
    dropped: 0,
  };
}
