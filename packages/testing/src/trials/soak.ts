import { accountClient, brokenBooks, type CreateClient } from "./account-client.js";
import { FAULTS } from "../servers/faults.js";
import { seededRandom } from "../fakes/fake-platform.js";
import { runNextProcess, until } from "./next-process.js";
import { createSpoolFolder } from "./spool-folder.js";
import { startFaultServer, type FaultServer } from "../servers/fault-server.js";
import { startTraffic, type Stall } from "./traffic.js";
import { brokenLaw, sum, surplusOf } from "./accounting.js";

export interface SoakOptions {
  readonly create: CreateClient;
  /** How many seconds of traffic at the full rate there are while faults come and go. A healthy phase follows. */
  readonly seconds: number;
  /** How many times faster than the clock they pass. Default: 1. */
  readonly speed?: number;
  /** Decides which faults come when. */
  readonly seed: number;
  /** Metrics a second. Default: 5 000. */
  readonly rate?: number;
  /** Told about once a second. */
  readonly onProgress?: (progress: SoakProgress) => void;
}

export interface SoakProgress {
  readonly second: number;
  readonly fault: string;
  readonly recorded: number;
  readonly received: number;
  readonly lost: number;
  readonly heapBytes: number;
}

export interface SoakResult {
  readonly recorded: number;
  readonly received: number;
  readonly lost: number;
  readonly pending: number;
  /** What arrived or was announced beyond what was recorded; only ambiguous sends may cause it. */
  readonly surplus: number;
  readonly ambiguous: number;
  readonly switches: number;
  /** How often this process, client and server alike, stood still for so long that sends may have timed out. */
  readonly stalls: number;
  readonly peakHeapBytes: number;
  /** How the law was broken; empty when it held. */
  readonly broken: readonly string[];
}

/** The server's 9 s become 270 ms, so that many faults fit into a short run. */
const SCALE = 0.03;
/** Client and server share a process: what a pause of it held up must not look like a server that hangs. */
const SEND_TIMEOUT_MS = 5000;
/**
 * What may come at random: a bare 429 would silence a client for a minute of real time, and what happens
 * to the platform would happen to all of the process.
 */
const RANDOM: readonly string[] = Object.keys(FAULTS).filter(
  (name) =>
    !FAULTS[name]?.badCertificate &&
    !FAULTS[name]?.disturbance &&
    name !== "429 bare" &&
    !name.endsWith("garbage"),
);

/** Records at a steady rate while faults come and go, gets well, closes, and adds up. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const server = await startFaultServer({ scale: SCALE });
  const folder = createSpoolFolder();
  const given = { dsn: server.dsn, flushInterval: 100, sendTimeout: SEND_TIMEOUT_MS };
  const accounted = accountClient(options.create, { ...given, shutdown: { spool: folder.path } });
  const weather = createWeather(server, seededRandom(options.seed));
  const { speed = 1, rate = 5000 } = options;
  const traffic = startTraffic(rate * speed, accounted.count);
  let peakHeapBytes = 0;
  let told = 0;
  /** Seconds of traffic, which pass slower on a busy machine. */
  const elapsed = (): number => traffic.recorded() / rate;
  while (elapsed() < options.seconds) {
    await weather.next();
    const heapBytes = process.memoryUsage().heapUsed;
    peakHeapBytes = Math.max(peakHeapBytes, heapBytes);
    const second = Math.floor(elapsed());
    if (second <= told) continue;
    told = second;
    const { recorded, received, lost } = accounted.accounts(server);
    const sums = { recorded: sum(recorded), received: sum(received), lost: sum(lost) };
    options.onProgress?.({ second, fault: weather.now(), heapBytes, ...sums });
  }
  await server.become("none");
  await pause(1000);
  traffic.stop();
  await accounted.client.flush(20_000);
  await accounted.client.close(20_000);
  // After a failure it may have been waiting until now to try again.
  await until(() => accounted.client.stats().pending === 0);
  await runNextProcess(options.create, given, folder);
  folder.remove();
  await server.close();
  doubt(server, traffic.stalls);
  const accounts = accounted.accounts(server);
  return {
    recorded: sum(accounts.recorded),
    received: sum(accounts.received),
    lost: sum(accounts.lost),
    pending: accounts.pending,
    surplus: surplusOf(accounts),
    ambiguous: sum(accounts.ambiguous),
    switches: weather.switches(),
    stalls: traffic.stalls.length,
    peakHeapBytes,
    broken: [...brokenLaw(accounts), ...brokenBooks(accounted), ...server.violations],
  };
}

interface Weather {
  /** Switches to the next fault and waits while it lasts. */
  next(): Promise<void>;
  now(): string;
  switches(): number;
}

/** Good spells between faults of 100 to 600 ms, and now and then a restart. */
function createWeather(server: FaultServer, random: () => number): Weather {
  let fault = "none";
  let switches = 0;
  return {
    now: () => fault,
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

/** Around a stall a client may have given a send up whose answer the server had written in time. */
function doubt({ arrivals }: FaultServer, stalls: readonly Stall[]): void {
  for (const arrival of arrivals)
    for (const { until, ms } of stalls)
      if (arrival.at > until - ms - SEND_TIMEOUT_MS && arrival.at < until + SEND_TIMEOUT_MS)
        arrival.ambiguous = true;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
