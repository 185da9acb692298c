import type { Undo } from "../platform.js";
import type { Departure, Fold, Stage, Waiting } from "../waiting.js";
import type { World } from "../world.js";

/** The one bounded waiting room, and the only place that knows when it opens. */
export interface Queue {
  /** Takes a metric in, folds it when it is full, or answers `buffer_overflow`. */
  push: Stage;
  /** Whether Sentry asked for a pause: what arrives then is folded. */
  isLimited(): boolean;
  /** Ends a pause that nobody asked for. */
  resume(): void;
  /** Lets out everything at once, whatever is under way or asked of it. */
  drain(): void;
  /** Sends what was lost so far, unless nothing may be sent now. */
  report(): Promise<void>;
  /**
   * Lets out what waits. `true` once all that was recorded before has ended; `false` once that cannot
   * be within `timeoutMs`, or, without it, when a send failed that will be tried again.
   */
  flush(timeoutMs?: number): Promise<boolean>;
  /** Lets everything out for the last time; from here on no timer is set. */
  close(): void;
}

/** What Sentry's specification asks of one batch (wire.md 1.3, "Buffering"). */
const BATCH = 100;
/** What a batch may grow to while others are under way: load makes fewer, larger requests. */
const BATCH_UNDER_LOAD = 1000;
/** The first pause lasts at most this long, the next at most twice as long, and so on. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

export function createQueue(
  world: World,
  /** Where calls that wait or are under way are counted, and losses that no report has told yet. */
  { books, losses }: { readonly books: { pending: number }; readonly losses: readonly unknown[] },
  fold: Fold,
  /** Sends the first of these metrics, and what losses there are. */
  deliver: (metrics: readonly Waiting[]) => Departure,
): Queue {
  const { maxQueueItems, maxQueueBytes, maxInFlight, flushInterval, overflow } = world.settings;
  /** In the order of arrival. */
  const waiting: Waiting[] = [];
  const underWay = new Set<readonly Waiting[]>();
  // Of what waits and what is under way.
  let items = 0;
  let bytes = 0;
  /** Metrics that ever came in: the place of the next one in the order of arrival. */
  let arrived = 0;
  /** All before this place must leave at the next chance, however few they are. */
  let due = 0;
  let sequence = 0;
  let millisecond = NaN;
  /** How many batches may be under way at once; 0 while nothing may be sent. */
  let slots = maxInFlight;
  /** When something may be sent again; 0 when it may now. */
  let opensAt = 0;
  let isLimited = false;
  let failures = 0;
  let timer: Undo | undefined;
  let timerMs = 0;
  const watchers: (() => void)[] = [];
  let isLeavingSoon = false;

  const hasRoom = (size: number): boolean => items < maxQueueItems && bytes + size <= maxQueueBytes;
  const batchSize = (): number => (underWay.size ? BATCH_UNDER_LOAD : BATCH);
  /** The place of the first one that waits. */
  const first = (): number => waiting[0]?.place ?? arrived;
  const isReady = (): boolean => first() < due || waiting.length >= batchSize();

  function enter(metric: Waiting): void {
    // Numbered from 0 within each millisecond, so that order survives coarse clocks (wire.md 1.3).
    const now = Math.floor(metric.time);
    metric.sequence = sequence = now === millisecond ? sequence + 1 : 0;
    millisecond = now;
    metric.place = arrived++;
    waiting.push(metric);
    items++;
    bytes += metric.bytes;
  }

  /** What was folded joins those that wait, at least as far as there is room. */
  function unfold(isForced?: boolean): void {
    while (isForced || hasRoom(1)) {
      const metrics = fold.take();
      if (!metrics[0]) return;
      metrics.forEach(enter);
    }
  }

  function pump(): void {
    if (!isLimited) unfold();
    while (waiting[0] && isReady() && underWay.size < slots) letOut();
    arm();
    for (const watcher of watchers.splice(0)) watcher();
  }

  /** A full batch leaves in a task of its own, so that no caller pays for encoding it. */
  function arm(): void {
    const ms = isReady() ? 0 : flushInterval;
    // With all sends under way, or nothing to be sent, the end of one or of the pause pumps.
    if (waiting[0] && underWay.size < slots && !(timer && timerMs <= ms)) wakeIn(ms);
  }

  function wakeIn(ms: number): void {
    timer?.();
    timerMs = ms;
    timer = world.setTimer(() => {
      timer = undefined;
      if (opensAt) {
        // One batch goes ahead, so that a server that comes back is not run down.
        slots = 1;
        opensAt = 0;
        isLimited = false;
        unfold();
      }
      // Unless it was for a full batch alone.
      if (ms) due = arrived;
      pump();
    }, ms);
  }

  /**
   * Pauses that nobody asked for have full jitter: clients that failed together come back apart
   * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
   */
  function hear(pause: number | undefined, isLimit: boolean | undefined): void {
    if (pause === undefined) {
      failures = 0;
      if (!opensAt) slots = maxInFlight;
    } else if (!world.isClosed) {
      // What fails along with another batch tells nothing new.
      if (slots && !isLimit) failures++;
      const longest = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
      const ms = isLimit ? pause : Math.max(pause, world.random() * longest);
      slots = 0;
      isLimited ||= Boolean(isLimit);
      opensAt = Math.max(opensAt, world.now() + ms);
      wakeIn(opensAt - world.now() || 1);
    }
  }

  function letOut(): void {
    // Taken out and counted as under way before anything else runs: a transport or an `onDrop` that
    // flushes in turn must not find these metrics a second time.
    void depart(waiting.splice(0, batchSize()));
  }

  async function depart(metrics: Waiting[]): Promise<void> {
    // What an envelope has no room for, or comes back, does not wait for others again.
    due = Math.max(due, first());
    underWay.add(metrics);
    const [taken, ending] = deliver(metrics);
    putBack(metrics.splice(taken));
    const [again, pause, isLimit] = await ending;
    underWay.delete(metrics);
    if (again) putBack(metrics);
    else
      for (const metric of metrics) {
        items--;
        bytes -= metric.bytes;
      }
    hear(pause, isLimit);
    pump();
  }

  function putBack(metrics: readonly Waiting[]): void {
    const belongInFront = metrics.every(({ place }) => place < first());
    waiting.unshift(...metrics);
    if (!belongInFront) waiting.sort((a, b) => a.place - b.place);
  }

  function drain(): void {
    unfold(true);
    while (waiting[0]) letOut();
    // A page or a process that ends may have no other chance to tell.
    if (losses[0]) void depart([]);
  }

  /** Many calls in one listener of a page's end leave together. */
  function leaveSoon(): void {
    if (isLeavingSoon) return;
    isLeavingSoon = true;
    void Promise.resolve().then(() => {
      isLeavingSoon = false;
      drain();
    });
  }

  async function report(): Promise<void> {
    if (!opensAt && losses[0]) await depart([]);
  }

  return {
    push(metric) {
      if (world.isEnding?.()) leaveSoon();
      if (!hasRoom(metric.bytes) || (isLimited && overflow !== "drop")) {
        const kept = overflow === "drop" ? "buffer_overflow" : fold.add(metric);
        if (kept !== "buffer_overflow") books.pending++;
        return kept;
      }
      books.pending++;
      enter(metric);
      if (!timer || timerMs) arm();
      return metric;
    },
    isLimited: () => isLimited,
    resume() {
      if (!opensAt || isLimited) return;
      failures = 0;
      wakeIn(1);
    },
    drain,
    report,
    async flush(timeoutMs = NaN) {
      // Without a timeout no comparison with it holds, and a pause, however short, is too long.
      const deadline = world.now() + timeoutMs;
      let end: number | undefined;
      while (books.pending) {
        if (end === undefined && !isLimited) {
          unfold(true);
          // What is pushed after the call is not waited for, so that steady load cannot hold a flush up.
          end = due = arrived;
          pump();
        }
        const before = end;
        if (
          before !== undefined &&
          ![waiting, ...underWay].some((each) => each.some(({ place }) => place < before))
        )
          return true;
        if (opensAt > (deadline || 0) || world.now() > deadline) return false;
        await new Promise<void>((resolve) => watchers.push(resolve));
      }
      return true;
    },
    close() {
      timer?.();
      opensAt = 0;
      slots = maxInFlight;
      isLimited = false;
      drain();
    },
  };
}
