/** Processor time of one measurement, in microseconds. */
const SPIN_US = 60_000;

/** How much longer work takes than its processor time, because other processes run: 1 on a quiet machine. */
export function busyness(): number {
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  let spent = 0;
  while (spent < SPIN_US) {
    const { user, system } = process.cpuUsage(before);
    spent = user + system;
  }
  return Math.max(1, ((performance.now() - startedAt) * 1_000) / spent);
}
