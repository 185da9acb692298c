import { accountClient, brokenBooks, type CreateClient } from "./account-client.js";
import { FAULTS } from "../servers/faults.js";
import { seededRandom } from "../fakes/fake-platform.js";
import { runNextProcess, until } from "./next-process.js";
import { createSpoolFolder } from "./spool-folder.js";
import { startFaultServer, type FaultServer } from "../servers/fault-server.js";
import { startTraffic, type Stall } from "./traffic.js";
import { brokenLaw, sum, surplusOf } from "./accounting.js";

/** Options of {@link soak}. */
export interface SoakOptions {
  readonly create: CreateClient;
  /** The seconds of traffic at the full rate under random faults. A healthy phase follows. */
  readonly seconds: number;
  /**
   * A factor for the rate; the traffic takes that many times less time.
   * @default 1
   */
  readonly speed?: number;
  /** The seed of the random faults. */
  readonly seed: number;
  /**
   * Metrics per second.
   * @default 5000
   */
  readonly rate?: number;
  /**
   * Called about once a second.
   * @default undefined
   */
  readonly onProgress?: (progress: SoakProgress) => void;
}

/** The state of a running soak. */
export interface SoakProgress {
  readonly second: number;
  readonly fault: string;
  readonly recorded: number;
  readonly received: number;
  readonly lost: number;
  readonly heapBytes: number;
}

/** The result of {@link soak}. */
export interface SoakResult {
  readonly recorded: number;
  readonly received: number;
  readonly lost: number;
  readonly pending: number;
  /** Metrics in excess of the recorded ones; only ambiguous sends may cause them. */
  readonly surplus: number;
  readonly ambiguous: number;
  /** How often the server changed its fault. */
  readonly switches: number;
  /** How often this process was blocked for so long that sends may have timed out. */
  readonly stalls: number;
  readonly peakHeapBytes: number;
  /** Sentences about totals that do not add up; empty if they do. */
  readonly broken: readonly string[];
}

/** Shortens the server's 9 s to 270 ms, so that a short run has many faults. */
const SCALE = 0.03;
/** Client and server share a process: a blocked process must not look like a server that hangs. */
const SEND_TIMEOUT_MS = 5000;
/**
 * The faults to choose from. A bare 429 would stop a client for a minute of real time, and platform
 * faults would affect the whole process.
 */
const RANDOM: readonly string[] = Object.keys(FAULTS).filter(
  (name) =>
    !FAULTS[name]?.badCertificate &&
    !FAULTS[name]?.disturbance &&
    name !== "429 bare" &&
    !name.endsWith("garbage"),
);

/** Records at a steady rate under random faults, then without, closes the client and adds up the totals. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const server = await startFaultServer({ scale: SCALE });
  const folder = createSpoolFolder();
  const given = { dsn: server.dsn, flushInterval: 100, sendTimeout: SEND_TIMEOUT_MS };
  const accounted = accountClient(options.create, { ...given, shutdown: { spool: folder.path } });
  const schedule = createFaultSchedule(server, seededRandom(options.seed));
  const { speed = 1, rate = 5000 } = options;
  const traffic = startTraffic(rate * speed, accounted.count);
  let peakHeapBytes = 0;
  let reportedSecond = 0;
  /** Seconds of traffic, which take longer on a busy machine. */
  const elapsed = (): number => traffic.recorded() / rate;
  while (elapsed() < options.seconds) {
    await schedule.next();
    const heapBytes = process.memoryUsage().heapUsed;
    peakHeapBytes = Math.max(peakHeapBytes, heapBytes);
    const second = Math.floor(elapsed());
    if (second <= reportedSecond) continue;
    reportedSecond = second;
    const { recorded, received, lost } = accounted.accounts(server);
    const sums = { recorded: sum(recorded), received: sum(received), lost: sum(lost) };
    options.onProgress?.({ second, fault: schedule.fault(), heapBytes, ...sums });
  }
  await server.become("none");
  await pause(1000);
  traffic.stop();
  await accounted.client.flush(20_000);
  await accounted.client.close(20_000);
  // After a failure the client may still wait before it retries.
  await until(() => accounted.client.stats().pending === 0);
  await runNextProcess(options.create, given, folder);
  folder.remove();
  await server.close();
  markAmbiguous(server, traffic.stalls);
  const accounts = accounted.accounts(server);
  return {
    recorded: sum(accounts.recorded),
    received: sum(accounts.received),
    lost: sum(accounts.lost),
    pending: accounts.pending,
    surplus: surplusOf(accounts),
    ambiguous: sum(accounts.ambiguous),
    switches: schedule.switches(),
    stalls: traffic.stalls.length,
    peakHeapBytes,
    broken: [...brokenLaw(accounts), ...brokenBooks(accounted), ...server.violations],
  };
}

interface FaultSchedule {
  /** Switches to the next fault and waits for its duration. */
  next(): Promise<void>;
  /** The current fault. */
  fault(): string;
  switches(): number;
}

/** Alternates faults of 100 to 600 ms with healthy phases and occasional restarts. */
function createFaultSchedule(server: FaultServer, random: () => number): FaultSchedule {
  let fault = "none";
  let switches = 0;
  return {
    fault: () => fault,
    switches: () => switches,
    async next() {
      switches++;
      fault = random() < 0.4 ? "none" : (RANDOM[Math.floor(random() * RANDOM.length)] ?? "none");
      await server.become(fault);
      if (fault !== "refuse" && random() < 0.1) await server.restart();
      await pause(100 + random() * 500);
    },
  };
}

/** Marks arrivals around a stall as ambiguous: the send may have timed out although the server answered in time. */
function markAmbiguous({ arrivals }: FaultServer, stalls: readonly Stall[]): void {
  for (const arrival of arrivals)
    for (const { until, ms } of stalls)
      if (arrival.at > until - ms - SEND_TIMEOUT_MS && arrival.at < until + SEND_TIMEOUT_MS)
        arrival.ambiguous = true;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
