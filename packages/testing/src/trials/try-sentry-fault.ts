import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProcessEnd } from "../readers/read-to-end.js";
import type { Arrival } from "../servers/arrival.js";
import { startFaultServer, type FaultServer } from "../servers/fault-server.js";
import { FAULTS, type Fault } from "../servers/faults.js";
import { sum, totalsOf } from "./accounting.js";
import { brokenPromises, type SentryEnd } from "./sentry-end.js";
import { startSentryProcess, type SentryProcess, type SentrySetup } from "./sentry-process.js";
import { until } from "./next-process.js";

/** The faults that a server can have in front of a Sentry SDK. */
export const SENTRY_FAULTS: readonly string[] = Object.keys(FAULTS).filter(
  (name) => !FAULTS[name]?.badCertificate && !FAULTS[name]?.disturbance,
);

/** The result of {@link trySentryFault} and {@link trySentryBurst}. */
export interface SentryFaultTrial extends SentryEnd {
  readonly fault: string;
  /** The broken promises of Spanmeter, in sentences; empty if it kept all, and for plain Sentry. */
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
 * `sentry-fault.ts` of node's fixtures.
 */
export async function trySentryFault(
  script: string,
  fault: string,
  { faultMs = 1500, patienceMs = 20_000, ...setup }: SentryFaultOptions,
): Promise<SentryFaultTrial> {
  const trial = await startTrial(script, setup);
  const { server } = trial;
  try {
    await server.become(fault);
    const application = trial.run({ during: DURING, after: AFTER, faultMs, patienceMs });
    await application.message();
    if (readsRequests(FAULTS[fault])) await until(() => server.arrivals.length > 0);
    // Everything that waits for an answer during the fault stays in it.
    await server.become("none");
    application.send("healthy");
    const end = await application.end;
    const next = trial.run({ during: 1, after: 0, faultMs: patienceMs, patienceMs, isNext: true });
    await next.message();
    next.send("healthy");
    return { fault, ...trial.read(DURING + AFTER, [end, await next.end]) };
  } finally {
    await trial.remove();
  }
}

/** Runs the same script with one task of `calls` counts of one name, and a healthy server. */
export async function trySentryBurst(
  script: string,
  calls: number,
  setup: SentrySetup,
): Promise<SentryFaultTrial> {
  const trial = await startTrial(script, setup);
  try {
    const limits = { faultMs: 100_000, patienceMs: 100_000 };
    const application = trial.run({ during: calls, after: 0, ...limits, isBurst: true });
    await application.message();
    application.send("healthy");
    return { fault: "none", ...trial.read(calls, [await application.end]) };
  } finally {
    await trial.remove();
  }
}

/** The argument of the script, which describes the fields. */
interface Plan {
  readonly during: number;
  readonly after: number;
  readonly faultMs: number;
  readonly patienceMs: number;
  readonly isBurst?: boolean;
  readonly isNext?: boolean;
}

interface Trial {
  readonly server: FaultServer;
  run(plan: Plan): SentryProcess;
  read(recorded: number, ends: readonly ProcessEnd[]): Omit<SentryFaultTrial, "fault">;
  remove(): Promise<void>;
}

/** Starts the server of a trial, and makes its state folder. */
async function startTrial(script: string, { major, mode }: SentrySetup): Promise<Trial> {
  const server = await startFaultServer({ scale: SCALE, rules: RULES });
  const home = await mkdtemp(join(tmpdir(), "spanmeter-behind-"));
  const drops = join(home, "drops");
  return {
    server,
    run: (plan) =>
      startSentryProcess(
        script,
        [server.dsn, String(major), mode, JSON.stringify({ ...plan, drops })],
        home,
      ),
    read(recorded, ends) {
      const end = readEnd(server.arrivals, recorded, linesOf(drops));
      const promises = mode === "plain" ? [] : brokenPromises(end);
      const crashes = ends.flatMap(({ code, signal, stderr }) =>
        code === 0 ? [] : [`the script ended with ${code ?? signal}: ${stderr}`],
      );
      return { ...end, broken: [...promises, ...crashes, ...server.violations] };
    },
    async remove() {
      await server.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The numbers in the lines of a file, or none if there is no file. */
const linesOf = (path: string): number[] =>
  existsSync(path) ? readFileSync(path, "utf8").trim().split("\n").map(Number) : [];

/** Adds up what the server counted and what `onDrop` announced. */
function readEnd(arrivals: readonly Arrival[], recorded: number, drops: number[]): SentryEnd {
  const counted = arrivals.filter((each) => each.counted);
  const received = new Map([...totalsOf(counted)].filter(([name]) => name.startsWith("kept")));
  // Each metric has a name of its own, unless all of them may be folded.
  const arrived = received.has("kept") ? Math.min(recorded, sum(received)) : received.size;
  return {
    recorded,
    arrived,
    doubled: sum(received) - arrived,
    ambiguous: sum(totalsOf(counted.filter(({ ambiguous }) => ambiguous))),
    reported: counted.reduce((total, { reported }) => total + reported, 0),
    dropped: drops.reduce((total, each) => total + each, 0),
  };
}
