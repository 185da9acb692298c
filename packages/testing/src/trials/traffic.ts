const NAMES: readonly string[] = Array.from({ length: 20 }, (_, index) => `soak.${index}`);
const TICK_MS = 10;
/** The maximum of missed ticks to make up for at once, so that a busy machine can do other work. */
const MAX_TICKS = 5;
/** The shortest block of this process that counts as a stall. */
const STALL_MS = 250;

/** A time in which this process was blocked. */
export interface Stall {
  readonly until: number;
  readonly ms: number;
}

/** A running generator of metrics. */
export interface Traffic {
  readonly stalls: readonly Stall[];
  /** The number of metrics recorded so far. */
  recorded(): number;
  stop(): void;
}

/** Records metrics at a rate per second, or fewer if the machine is too busy. */
export function startTraffic(rate: number, count: (name: string) => void): Traffic {
  const stalls: Stall[] = [];
  let recorded = 0;
  let due = 0;
  let last = Date.now();
  const timer = setInterval(() => {
    const until = Date.now();
    if (until - last > STALL_MS) stalls.push({ until, ms: until - last });
    due += (Math.min(until - last, MAX_TICKS * TICK_MS) * rate) / 1000;
    last = until;
    while (recorded < due) count(NAMES[recorded++ % NAMES.length] ?? "");
  }, TICK_MS);
  return { stalls, recorded: () => recorded, stop: () => clearInterval(timer) };
}
