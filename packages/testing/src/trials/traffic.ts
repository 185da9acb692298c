const NAMES: readonly string[] = Array.from({ length: 20 }, (_, index) => `soak.${index}`);
const TICK_MS = 10;
/** As many ticks are made up for at a time; a busy machine must not be kept from everything else. */
const MOST_TICKS = 5;
/** What a pause of this process must last to be kept in mind. */
const STALL_MS = 250;

/** How long this process stood still, and until when. */
export interface Stall {
  readonly until: number;
  readonly ms: number;
}

export interface Traffic {
  readonly stalls: readonly Stall[];
  /** How many metrics were recorded so far. */
  recorded(): number;
  stop(): void;
}

/** Records at this rate, metrics a second, or at a lower one where the machine is too busy for it. */
export function startTraffic(rate: number, count: (name: string) => void): Traffic {
  const stalls: Stall[] = [];
  let recorded = 0;
  let due = 0;
  let last = Date.now();
  const timer = setInterval(() => {
    const until = Date.now();
    if (until - last > STALL_MS) stalls.push({ until, ms: until - last });
    due += (Math.min(until - last, MOST_TICKS * TICK_MS) * rate) / 1000;
    last = until;
    while (recorded < due) count(NAMES[recorded++ % NAMES.length] ?? "");
  }, TICK_MS);
  return { stalls, recorded: () => recorded, stop: () => clearInterval(timer) };
}
