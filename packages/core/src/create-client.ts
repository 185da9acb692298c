import type { Client } from "./contract/client.js";
import { createContext } from "./context/context.js";
import { createSentryReader } from "./context/sentry-options.js";
import { createDelivery } from "./delivery/delivery.js";
import { explainIdle } from "./delivery/explain.js";
import { createBooks, createLedger } from "./delivery/ledger.js";
import { createDiagnostics } from "./engine/diagnostics.js";
import { createGuard } from "./engine/guard.js";
import { createRuntime } from "./engine/runtime.js";
import { fallbackTrace } from "./engine/fallback-trace.js";
import { encode } from "./encode/envelope.js";
import type { Stats } from "./contract/drop.js";
import type { Options } from "./contract/options.js";
import type { Platform, Undo } from "./contract/platform.js";
import { createQueue } from "./queue/queue.js";
import { createDraft } from "./record/draft.js";
import { createEarlyCalls, type EarlyCalls } from "./current/early-calls.js";
import { createFit } from "./volume/fit.js";
import { createLint } from "./record/lint.js";
import { createHook } from "./record/hook.js";
import { createRecord, type RecordCall } from "./record/recorder.js";
import { createVerbs } from "./record/verbs.js";
import { resolveOptions, type Settings } from "./engine/resolve-options.js";
import { createDestination, type Destination } from "./transport/destination.js";
import { VERSION } from "./engine/version.js";
import { createFold } from "./volume/fold.js";
import { createSample } from "./volume/sample.js";
import { withTimeout } from "./engine/with-timeout.js";
import type { World } from "./engine/engine.js";

/** How long a flush whose time is over may take to return its batches to the queue. */
const TAKE_BACK_MS = 50;

/**
 * Makes a client and joins its stages: a call is checked, gets its context, passes its policy and the
 * hook, waits in the queue, is encoded and delivered through a transport.
 *
 * Never throws. Without a destination, with a malformed DSN or with `enableMetrics: false` the client
 * is a no-op: its stages stand idle.
 */
export function createClient(options: Options, platform: Platform): Client {
  const sdk = { name: platform.sdkName, version: VERSION };
  const diagnostics = createDiagnostics(platform);
  const books = createBooks();
  const guard = createGuard(books, diagnostics.error);
  const world: World = Object.assign(diagnostics, platform, createRuntime(platform, guard), {
    settings: {} as Settings,
    isClosed: true,
    guard,
    sdk,
    refreshSettings: () => void readSentry(),
  });
  let readSentry: ReturnType<typeof createSentryReader> = () => undefined;
  let destination: Destination | undefined;
  try {
    world.settings = resolveOptions(options ?? {}, platform.defaults, world);
    if (world.settings.debug) world.step = (...words) => world.say("log", ...words);
    readSentry = createSentryReader(world, options ?? {});
    if (world.settings.enableMetrics) {
      const made = createDestination(world, (reason, category) =>
        delivery.givenUp(reason, category),
      );
      world.isClosed = !made.isKnown();
      // A Sentry SDK that is initialised later may still name one.
      if (!world.isClosed || (options?.dsn ?? undefined) === undefined) destination = made;
    }
  } catch (error) {
    world.error("metrics are off", error);
  }
  const { settings } = world;
  if (__DEV__ && (world.development || settings.debug)) world.lint = createLint(world);

  // Delivery comes first, because everything before it leads there.
  const ledger = createLedger(world, books, () => void queue.report());
  const delivery = createDelivery(world, destination, ledger, encode);
  const fallback = fallbackTrace(world.random);
  const context = createContext(world, readSentry, fallback);
  const fit = createFit(world);
  const fold = createFold(world, context.defaults, fit);
  const queue = createQueue(world, ledger, fold, delivery.send);

  // The call, its context, its policy and the hook.
  const hook = settings.beforeSendMetric;
  const draft = createDraft(world, context.locate, context.named);
  const stages = [createSample(world, fallback), fit, queue.push];
  if (hook) stages.splice(1, 0, createHook(world, hook, draft));
  const record = createRecord(world, draft, stages, ledger);

  // Until there is a destination, the client keeps its first calls, as `metrics` does before `init`.
  let early: EarlyCalls | undefined;
  if (destination && world.isClosed)
    early = createEarlyCalls({
      time: () => world.now() / 1000,
      trace: () => context.locate({}).trace,
      around: context.around,
    });

  /** Records what was kept, and from then on everything, once a Sentry SDK names a destination. */
  function open(): boolean {
    const calls = early;
    if (calls && guard(() => destination?.isKnown())) {
      early = undefined;
      world.isClosed = false;
      calls.release(client);
    }
    return !early;
  }

  const keepOrRecord: RecordCall = (...call) => {
    if (open()) return record(...call);
    if (early?.count() === 0) {
      start();
      undos.push(world.setTimer(() => void (open() && flush()), settings.flushInterval));
    }
    early?.record(...call);
  };

  // The life of the client.
  const undos: (Undo | undefined)[] = [];

  function start(): void {
    function drain(): void {
      open();
      queue.drain();
    }
    undos.push(guard(() => world.start?.({ ...queue, drain, flush, stats })));
  }

  function flush(timeoutMs?: number): Promise<boolean> {
    open();
    const letGo = guard(() => world.holdOpen?.());
    const { sendTimeout } = settings;
    // The flush of somebody else's transport may fail, or never end. Where sends end with their request it
    // would wait for those of others.
    const settle = async (): Promise<boolean> =>
      world.isRequestBound || (destination?.flush(sendTimeout) ?? true);
    const sending = (async () => {
      const hasLeft = await queue.flush(timeoutMs);
      await queue.report();
      return (await withTimeout(settle(), sendTimeout, false, world)) && hasLeft;
    })().catch(() => false);
    // Where sends end with their request, the queue takes back what has no answer before this returns.
    const graceMs = world.isRequestBound ? TAKE_BACK_MS : 0;
    return withTimeout(sending, timeoutMs && timeoutMs + graceMs, false, world).finally(() =>
      guard(() => letGo?.()),
    );
  }

  const stats = (): Stats => ({ ...ledger.books, dropped: { ...ledger.books.dropped } });
  let closing: Promise<boolean> | undefined;

  async function close(timeoutMs?: number): Promise<boolean> {
    const letGo = guard(() => world.holdOpen?.());
    const inTime = await flush(timeoutMs);
    // What is left gets one last chance.
    world.isClosed = true;
    early = undefined;
    queue.close();
    ledger.close();
    for (const undo of undos) guard(() => undo?.());
    if (timeoutMs === undefined) await queue.flush();
    guard(() => letGo?.());
    return inTime;
  }

  const client: Client = {
    metrics: createVerbs(early ? keepOrRecord : record),
    flush,
    close: (timeoutMs) => (closing ??= close(timeoutMs)),
    setAttributes: context.set,
    withAttributes: context.within,
    stats,
    missed(calls) {
      if (early) return early.miss(calls);
      if (world.isClosed) return;
      ledger.books.recorded += calls;
      ledger.drop({ reason: "buffer_overflow", metrics: calls, bytes: 0 });
    },
    options: settings,
  };
  if (!world.isClosed) start();
  else if (__DEV__) explainIdle(world);
  return client;
}
