import type { Client } from "./contract/client.js";
import type { Stats } from "./contract/drop.js";
import type { Options } from "./contract/options.js";
import type { EarlyRecorder, Part, Platform, SdkReader } from "./contract/part.js";
import type { Undo } from "./contract/platform.js";
import { createContext } from "./context/context.js";
import { createDelivery } from "./delivery/delivery.js";
import { explainIdle } from "./delivery/explain.js";
import { createCounts, createLedger } from "./delivery/ledger.js";
import { encode } from "./encode/envelope.js";
import { createEngine } from "./engine/create-engine.js";
import { explainParts } from "./engine/explain-parts.js";
import { fallbackTrace } from "./engine/fallback-trace.js";
import { withTimeout } from "./engine/with-timeout.js";
import { createQueue } from "./queue/queue.js";
import { createDraft } from "./record/draft.js";
import { createLint } from "./record/lint.js";
import { createRecord } from "./record/recorder.js";
import { createVerbs } from "./record/verbs.js";
import { createDestination } from "./transport/destination.js";
import type { Destination } from "./contract/transport.js";
import { createMeasure } from "./volume/measure.js";

/** How long a flush that timed out may take to return its batches to the queue. */
const TAKE_BACK_MS = 50;

/**
 * Makes a client and joins its stages: a call is checked, gets its context, passes its policy and the
 * hook, waits in the queue, is encoded and delivered through a transport. The platform's parts fill the
 * optional places in between.
 *
 * Never throws. Without a destination, with a malformed DSN or with `enableMetrics: false` the client
 * is a no-op: its stages are made, and never used.
 */
export function createClient(options: Options, platform: Platform): Client {
  const given = options ?? {};
  const allParts = platform.parts ?? [];
  const parts: Part = Object.assign({}, ...allParts);
  const counts = createCounts();
  let isClosed = true;
  let sdk: SdkReader | undefined;
  let destination: Destination | undefined;
  const engine = createEngine(given, platform, counts, {
    isClosed: () => isClosed,
    refreshSettings: () => void sdk?.read(),
  });
  const { guard, settings } = engine;
  // Delivery comes first, because everything before it leads there.
  const ledger = createLedger(engine, counts, () => void queue.report());
  try {
    sdk = parts.createSdkReader?.(engine, given);
    if (settings.beforeSendMetric && !parts.createHook)
      throw __DEV__ ? new Error('"beforeSendMetric" needs the part beforeSend()') : "beforeSend";
    if (settings.enableMetrics) {
      const made = createDestination(
        engine,
        parts.createCopyTransport?.(engine),
        (reason, category) => delivery.onDropped(reason, category),
      );
      isClosed = !made.find();
      // A Sentry SDK that is initialised later may still name one.
      if (!isClosed || (parts.createSdkReader && given.dsn == null)) destination = made;
    }
  } catch (error) {
    engine.error("metrics are off", error);
  }
  if (__DEV__) explainParts(engine, given, parts);
  const delivery = createDelivery(engine, destination, ledger, encode);
  const fallback = fallbackTrace(engine.random);
  const traceSources = allParts.flatMap(
    (part) => guard(() => part.createTraceSource?.(engine)) ?? [],
  );
  const context = createContext(engine, sdk, traceSources, fallback);
  const measure = createMeasure(engine, parts.createTrim?.(engine));
  const fold =
    settings.overflow === "fold"
      ? parts.createFold?.(engine, context.defaults, measure)
      : undefined;
  const queue = createQueue(engine, ledger, fold, delivery.send);

  // The call, its context, its policy and the hook.
  const lint = __DEV__ && (platform.development || settings.debug) ? createLint(engine) : undefined;
  const draft = createDraft(engine, context, lint);
  const record = createRecord(
    engine,
    {
      draft,
      sample: parts.createSampling?.(engine, fallback),
      hook: parts.createHook?.(engine, draft),
      measure,
      push: queue.push,
    },
    ledger,
  );

  // The life of the client.
  const undos: (Undo | undefined)[] = [];
  let early: EarlyRecorder | undefined;
  if (isClosed && destination)
    early = parts.createEarlyRecorder?.({
      isReady: () => Boolean(guard(() => destination?.find())),
      record,
      onFirstCall() {
        start();
        undos.push(engine.setTimer(() => void (early?.open() && flush()), settings.flushInterval));
      },
      onReady() {
        isClosed = false;
        return client;
      },
      time: () => engine.now() / 1000,
      trace: () => context.locate({}).trace,
      surrounding: context.surrounding,
    });

  function start(): void {
    const { isLimited, resume } = queue;
    undos.push(guard(() => platform.start?.({ drain, isLimited, resume, flush, stats })));
  }

  function drain(): void {
    early?.open();
    queue.drain();
  }

  function flush(timeoutMs?: number): Promise<boolean> {
    early?.open();
    const release = guard(() => platform.holdOpen?.());
    const { sendTimeout } = settings;

    /** The flush of another SDK's transport may fail, or never end. */
    async function settle(): Promise<boolean> {
      // Where sends end with their request it would wait for those of other requests.
      return platform.isRequestBound || (destination?.flush(sendTimeout) ?? true);
    }

    async function send(): Promise<boolean> {
      const hasLeft = await queue.flush(timeoutMs);
      await queue.report();
      return (await withTimeout(settle(), sendTimeout, false, engine)) && hasLeft;
    }

    const sending = send().catch(() => false);
    // Where sends end with their request, the queue takes back what has no answer before this returns.
    const graceMs = platform.isRequestBound ? TAKE_BACK_MS : 0;
    return withTimeout(sending, timeoutMs && timeoutMs + graceMs, false, engine).finally(() =>
      guard(() => release?.()),
    );
  }

  function stats(): Stats {
    return { ...counts, dropped: { ...counts.dropped } };
  }

  let closing: Promise<boolean> | undefined;

  async function close(timeoutMs?: number): Promise<boolean> {
    const release = guard(() => platform.holdOpen?.());
    const isComplete = await flush(timeoutMs);
    // Metrics that are left get one last chance.
    isClosed = true;
    early?.close();
    queue.close();
    ledger.close();
    for (const undo of undos) guard(() => undo?.());
    if (timeoutMs === undefined) await queue.flush();
    guard(() => release?.());
    return isComplete;
  }

  function missed(calls: number): void {
    if (early?.miss(calls) || isClosed) return;
    counts.recorded += calls;
    ledger.drop({ reason: "buffer_overflow", metrics: calls, bytes: 0 });
  }

  const client: Client = {
    metrics: createVerbs(early?.record ?? record),
    flush,
    close: (timeoutMs) => (closing ??= close(timeoutMs)),
    setAttributes: context.set,
    withAttributes: context.within,
    stats,
    missed,
    options: settings,
  };
  if (!isClosed) start();
  else if (__DEV__) explainIdle(engine, parts);
  return client;
}
