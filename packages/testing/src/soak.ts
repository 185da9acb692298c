import { accountClient, brokenBooks, type CreateClient } from "./account-client.js";
import { FAULTS } from "./faults.js";
import { seededRandom } from "./fake-platform.js";
import { startFaultServer, type FaultServer } from "./fault-server.js";
import { brokenLaw, sum, surplusOf } from "./tally.js";

export interface SoakOptions {
  readonly create: CreateClient;
  /** How long faults come and go. A healthy phase follows. */
  readonly seconds: number;
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
  readonly peakHeapBytes: number;
  /** How the law was broken; empty when it held. */
  readonly broken: readonly string[];
}

const NAMES: readonly string[] = Array.from({ length: 20 }, (_, index) => `soak.${index}`);
const TICK_MS = 10;
/** The server's 9 s become 270 ms, so that many faults fit into a short run. */
const SCALE = 0.03;
/** Client and server share a process: what a pause of it held up must not look like a server that hangs. */
const SEND_TIMEOUT_MS = 1000;
/** What may come at random: a bare 429 would silence a client for a minute of real time. */
const RANDOM: readonly string[] = Object.keys(FAULTS).filter(
  (name) => !FAULTS[name]?.badCertificate && name !== "429 bare" && !name.endsWith("garbage"),
);

/** Records at a steady rate while faults come and go, gets well, closes, and adds up. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const server = await startFaultServer({ scale: SCALE });
  const accounted = accountClient(options.create, {
    dsn: server.dsn,
    flushInterval: 100,
    sendTimeout: SEND_TIMEOUT_MS,
  });
  const weather = createWeather(server, seededRandom(options.seed));
  const traffic = startTraffic(options.rate ?? 5000, accounted.count);
  const started = Date.now();
  let peakHeapBytes = 0;
  let told = 0;
  while (Date.now() - started < options.seconds * 1000) {
    await weather.next();
    const heapBytes = process.memoryUsage().heapUsed;
    peakHeapBytes = Math.max(peakHeapBytes, heapBytes);
    const second = Math.floor((Date.now() - started) / 1000);
    if (second <= told) continue;
    told = second;
    const { recorded, received, lost } = accounted.accounts(server);
    const sums = { recorded: sum(recorded), received: sum(received), lost: sum(lost) };
    options.onProgress?.({ second, fault: weather.now(), heapBytes, ...sums });
  }
  await server.become("none");
  await pause(1000);
  traffic.stop();
  await accounted.client.flush(5000);
  await accounted.client.close(1000);
  await server.close();
  const accounts = accounted.accounts(server);
  return {
    recorded: sum(accounts.recorded),
    received: sum(accounts.received),
    lost: sum(accounts.lost),
    pending: accounts.pending,
    surplus: surplusOf(accounts),
    ambiguous: sum(accounts.ambiguous),
    switches: weather.switches(),
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

/** Keeps up with the clock, so that a busy machine records as much as an idle one. */
function startTraffic(rate: number, count: (name: string) => void): { stop(): void } {
  const started = Date.now();
  let recorded = 0;
  const timer = setInterval(() => {
    const due = ((Date.now() - started) * rate) / 1000;
    while (recorded < due) count(NAMES[recorded++ % NAMES.length] ?? "");
  }, TICK_MS);
  return { stop: () => clearInterval(timer) };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
