const NAMES: readonly string[] = Array.from({ length: 20 }, (_, index) => `soak.${index}`);
const TICK_MS = 10;
/** What a pause of this process must last to be kept in mind. */
const STALL_MS = 250;

/** How long this process stood still, and until when. */
export interface Stall {
  readonly until: number;
  readonly ms: number;
}

export interface Traffic {
  readonly stalls: readonly Stall[];
  stop(): void;
}

/** Keeps up with the clock, so that a busy machine records as much as an idle one. */
export function startTraffic(rate: number, count: (name: string) => void): Traffic {
  const started = Date.now();
  const stalls: Stall[] = [];
  let recorded = 0;
  let last = started;
  const timer = setInterval(() => {
    const until = Date.now();
    if (until - last > STALL_MS) stalls.push({ until, ms: until - last });
    last = until;
    const due = ((until - started) * rate) / 1000;
    while (recorded < due) count(NAMES[recorded++ % NAMES.length] ?? "");
  }, TICK_MS);
  return { stalls, stop: () => clearInterval(timer) };
}
