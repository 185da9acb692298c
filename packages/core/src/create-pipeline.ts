import type { Options } from "./contract/options.js";
import type { Connect, Part, Platform, SdkReader } from "./contract/part.js";
import type { Pipeline, Source } from "./contract/pipeline.js";
import type { Undo } from "./contract/platform.js";
import type { FoldHost } from "./contract/stage.js";
import type { Destination } from "./contract/transport.js";
import type { CreateVolume } from "./contract/volume.js";
import { createDelivery } from "./delivery/delivery.js";
import { createCounts, createLedger } from "./delivery/ledger.js";
import { encode } from "./encode/envelope.js";
import { NOTHING } from "./engine/attributes.js";
import { createEngine } from "./engine/create-engine.js";
import { explainParts } from "./engine/explain-parts.js";
import { withTimeout } from "./engine/with-timeout.js";
import { createQueue } from "./queue/queue.js";
import { createMeasure } from "./volume/measure.js";

/** How long a flush that timed out may take to return its batches to the queue. */
const TAKE_BACK_MS = 50;

/**
 * Makes a pipeline. Never throws. Without a destination, with a malformed DSN or with
 * `enableMetrics: false` it is closed: its stages are made, and never used.
 */
export function createPipeline(given: Options, platform: Platform, connect: Connect): Pipeline {
  const source: Source = {};
  const parts: Part = Object.assign({}, ...(platform.parts ?? []));
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
    if (settings.enableMetrics) {
      const made = connect(engine, parts.createCopyTransport?.(engine), (reason, category) =>
        delivery.onDropped(reason, category),
      );
      isClosed = !made.find();
      // A Sentry SDK that is initialised later may still name one.
      if (!isClosed || (parts.createSdkReader && given.dsn == null)) destination = made;
    }
  } catch (error) {
    engine.error("metrics are off", error);
  }
  if (__DEV__) explainParts(engine, given, parts);
  const delivery = createDelivery(engine, destination, ledger, encode, (batch) =>
    volume?.onDelivered(batch),
  );
  const measure = createMeasure(engine, parts.createTrim?.(engine));
  const host: FoldHost = {
    defaults: () => source.defaults?.() ?? NOTHING,
    unfold: (isForced) => queue.unfold(isForced),
  };
  const createVolume = parts.createVolume ?? guard(() => broughtBy(given));
  const volume = createVolume?.(engine, host, measure);
  const fold = volume ?? parts.createFold?.(engine, host, measure);
  const queue = createQueue(engine, ledger, fold, delivery.send);
  const undos: (Undo | undefined)[] = [];

  function drain(): void {
    guard(() => source.handOver?.());
    queue.drain();
  }

  function flush(timeoutMs?: number): Promise<boolean> {
    guard(() => source.handOver?.());
    const release = guard(() => platform.holdOpen?.());
    const { sendTimeout } = settings;

    /** The flush of another SDK's transport may fail, or never end. */
    async function settle(): Promise<boolean> {
      // Where sends end with their request it would wait for those of other requests.
      return platform.isRequestBound || ((await destination?.flush(sendTimeout)) ?? true);
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

  let closing: Promise<boolean> | undefined;

  async function close(timeoutMs?: number): Promise<boolean> {
    const release = guard(() => platform.holdOpen?.());
    const isComplete = await flush(timeoutMs);
    // Metrics that are left get one last chance.
    isClosed = true;
    queue.close();
    ledger.close();
    for (const undo of undos) guard(() => undo?.());
    if (timeoutMs === undefined) await queue.flush();
    guard(() => release?.());
    return isComplete;
  }

  const stats: Pipeline["stats"] = () => ({
    ...counts,
    dropped: { ...counts.dropped },
    metrics: volume?.stats() ?? [],
  });

  return {
    engine,
    source,
    parts,
    sdk,
    ledger,
    volume,
    measure,
    push: queue.push,
    hasten: queue.hasten,
    mayOpen: () => isClosed && Boolean(destination),
    open() {
      if (guard(() => destination?.find())) isClosed = false;
      return !isClosed;
    },
    start() {
      const { isLimited, resume } = queue;
      undos.push(guard(() => platform.start?.({ drain, isLimited, resume, flush, stats })));
    },
    onClose: (undo) => void undos.push(undo),
    flush,
    close: (timeoutMs) => (closing ??= close(timeoutMs)),
    stats,
  };
}

/** The code that an option brings with it. */
const broughtBy = ({ attributeRules, volume = [] }: Options): CreateVolume | undefined =>
  [attributeRules, ...volume.map(({ policy }) => policy)].find((each) => each?.createVolume)
    ?.createVolume as CreateVolume | undefined;
