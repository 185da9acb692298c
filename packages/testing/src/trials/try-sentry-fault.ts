import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Arrival } from "../servers/arrival.js";
import { startFaultServer } from "../servers/fault-server.js";
import { FAULTS, type Fault } from "../servers/faults.js";
import { sum, totalsOf } from "./accounting.js";
import { brokenPromises, type SentryEnd } from "./sentry-end.js";
import { startSentryProcess, type SentrySetup } from "./sentry-process.js";
import { until } from "./next-process.js";

/** The faults that a server can have in front of a Sentry SDK. */
export const SENTRY_FAULTS: readonly string[] = Object.keys(FAULTS).filter(
  (name) => !FAULTS[name]?.badCertificate && !FAULTS[name]?.disturbance,
);

/** The result of {@link trySentryFault} and {@link trySentryBurst}. */
export interface SentryFaultTrial extends SentryEnd {
  readonly fault: string;
  /** What Spanmeter promises and this trial broke; always empty for plain Sentry. */
  readonly broken: readonly string[];
}

/** Options of {@link trySentryFault}. */
export interface SentryFaultOptions extends SentrySetup {
  /**
   * The duration of the fault, in milliseconds, unless a flush succeeds earlier.
   * @default 1500
   */
  readonly faultMs?: number;
  /**
   * The timeout of the flush after the fault, in milliseconds.
   * @default 20000
   */
  readonly patienceMs?: number;
}

const DURING = 300;
const AFTER = 30;
/** Shortens the server's 9 s to 4.5 s: a client waits 10 s. */
const SCALE = 0.5;
const RULES = { foreign: true };

const readsRequests = ({ at }: Fault = {}): boolean => at !== "down" && at !== "unread";

/**
 * Runs a script that records 300 counts during a fault and 30 after it, and ends; then a next process. The script is
 * `behind-sentry.ts` of node's fixtures.
 */
export async function trySentryFault(
  script: string,
  fault: string,
  { major, mode, faultMs = 1500, patienceMs = 20_000 }: SentryFaultOptions,
): Promise<SentryFaultTrial> {
  const server = await startFaultServer({ scale: SCALE, rules: RULES });
  const home = await mkdtemp(join(tmpdir(), "spanmeter-behind-"));
  const setup = [server.dsn, String(major), mode];
  try {
    await server.become(fault);
    const plan = { during: DURING, after: AFTER, faultMs, patienceMs };
    const application = startSentryProcess(script, [...setup, JSON.stringify(plan)], home);
    await application.message();
    if (readsRequests(FAULTS[fault])) await until(() => server.arrivals.length > 0);
    // Everything that waits for an answer during the fault stays in it.
    await server.become("none");
    application.send("healthy");
    const first = await application.end;
    const next = { during: 1, after: 0, faultMs: patienceMs, patienceMs, isNext: true };
    const second = startSentryProcess(script, [...setup, JSON.stringify(next)], home);
    await second.message();
    second.send("healthy");
    const ends = [first, await second.end];
    const end = readEnd(server.arrivals, DURING + AFTER, ends.map(({ stdout }) => stdout).join(""));
    const crashes = ends.flatMap(({ code, stderr }) =>
      code === 0 ? [] : [`it failed: ${stderr}`],
    );
    const broken = mode === "plain" ? [] : brokenPromises(end);
    return { fault, ...end, broken: [...broken, ...crashes, ...server.violations] };
  } finally {
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Runs the same script with one task of `calls` counts of one name and a healthy server. */
export async function trySentryBurst(
  script: string,
  calls: number,
  { major, mode }: SentrySetup,
): Promise<SentryFaultTrial> {
  const server = await startFaultServer({ rules: RULES });
  const home = await mkdtemp(join(tmpdir(), "spanmeter-behind-"));
  try {
    const limits = { faultMs: 100_000, patienceMs: 100_000 };
    const plan = { during: calls, after: 0, ...limits, isBurst: true };
    const application = startSentryProcess(
      script,
      [server.dsn, String(major), mode, JSON.stringify(plan)],
      home,
    );
    await application.message();
    application.send("healthy");
    const { stdout } = await application.end;
    const end = readEnd(server.arrivals, calls, stdout);
    const broken = mode === "plain" ? [] : brokenPromises(end);
    return { fault: "none", ...end, broken: [...broken, ...server.violations] };
  } finally {
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Adds up what the server counted and what the script printed: a line of JSON for each drop. */
function readEnd(arrivals: readonly Arrival[], recorded: number, stdout: string): SentryEnd {
  const counted = arrivals.filter((each) => each.counted);
  const received = new Map([...totalsOf(counted)].filter(([name]) => name.startsWith("kept")));
  const isSeveral = received.size > 1;
  const arrived = isSeveral ? received.size : Math.min(recorded, sum(received));
  const drops = stdout.split("\n").filter((line) => line.startsWith("{"));
  return {
    recorded,
    arrived,
    doubled: sum(received) - arrived,
    ambiguous: sum(totalsOf(counted.filter(({ ambiguous }) => ambiguous))),
    reported: counted.reduce((total, { reported }) => total + reported, 0),
    dropped: drops.reduce(
      (total, line) => total + (JSON.parse(line) as { metrics: number }).metrics,
      0,
    ),
  };
}
