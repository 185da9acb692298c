import { copyAttributes, type Bag } from "./attributes.js";
import type { Client } from "./client.js";
import { createAttributesAround } from "./context/attributes-around.js";
import { createFindTrace, randomHex } from "./context/trace.js";
import { createDelivery } from "./delivery/delivery.js";
import { createLedger } from "./delivery/ledger.js";
import { createDiagnostics } from "./diagnostics.js";
import { createEncode } from "./encode/container.js";
import { createWrap } from "./encode/envelope.js";
import type { Stats } from "./drop.js";
import type { Options } from "./options.js";
import type { Platform } from "./platform.js";
import { createQueue } from "./queue/queue.js";
import { createRateLimits } from "./rate-limits.js";
import { createCheck } from "./record/check.js";
import { createDraft } from "./record/draft.js";
import { createFit } from "./record/fit.js";
import { createHook } from "./record/hook.js";
import { createLint } from "./record/lint.js";
import { createRecord } from "./record/recorder.js";
import { createVerbs } from "./record/verbs.js";
import { resolveOptions, type Settings } from "./resolve-options.js";
import type { Transport } from "./transport-contract.js";
import { createDestination } from "./transport/destination.js";
import { VERSION } from "./version.js";
import { createSample } from "./volume/sample.js";
import { within } from "./within.js";

/**
 * Makes a client and joins its stages: a call is checked, gets its context, passes its policy and the
 * hook, waits in the queue, is encoded and delivered through a transport.
 *
 * Never throws. Without a destination, with a malformed DSN or with `enableMetrics: false` the client
 * is a no-op: its stages stand idle.
 */
export function createClient(options: Options, platform: Platform): Client {
  const { now, random, encodeUtf8, setTimer } = platform;
  const sdk = { name: platform.sdkName, version: VERSION };
  let diagnostics = createDiagnostics(platform);
  let settings = {} as Settings;
  let transport: Transport | undefined;
  try {
    diagnostics = createDiagnostics(platform, options?.debug);
    settings = resolveOptions(options ?? {}, platform.defaults, diagnostics);
    if (settings.enableMetrics)
      transport = createDestination(
        settings,
        platform,
        sdk,
        (reason, category) => delivery.givenUp(reason, category),
        diagnostics,
      );
  } catch (error) {
    diagnostics.error("metrics are off", error);
  }
  const { tunnel, dsn, sendDefaultPii, sendTimeout, beforeSendMetric } = settings;

  // Delivery and the exits come first, because everything before them leads there.
  const ledger = createLedger(
    settings.onDrop,
    settings.sendClientReports,
    () => void delivery.report(),
    platform,
    diagnostics,
  );
  const { books } = ledger;
  const infer = platform.ingestSettings && (sendDefaultPii ? "auto" : "never");
  const encode = createEncode(platform.maxEnvelopeBytes, infer, encodeUtf8);
  // Old DSNs carry a secret key behind the public one; it is not for tunnels to see.
  const publicDsn = tunnel && dsn?.trim().replace(/:[^:/@]*@/, "@");
  const wrap = createWrap(sdk, publicDsn, now);
  const limits = createRateLimits(now);
  const delivery = createDelivery(
    { encode, wrap, transport, limits, ledger, sendTimeout },
    platform,
    diagnostics,
  );
  const queue = createQueue(settings, books, delivery.deliver, setTimer);

  // The call, its context, its policy and the hook.
  const fallback = { traceId: randomHex(32, random) };
  const sources = settings.traceSources ?? platform.traceSources();
  const findTrace = createFindTrace(sources, fallback, diagnostics);
  const {
    set,
    within: withAttributes,
    around,
  } = createAttributesAround(
    defaultAttributes(settings, sdk),
    settings.attributes,
    sendDefaultPii,
    platform,
    diagnostics,
  );
  const check = createCheck(diagnostics);
  const draft = createDraft(__DEV__ && createLint(diagnostics), diagnostics);
  const stages = [
    createSample(fallback, random, diagnostics),
    createFit(settings.maxMetricBytes, encodeUtf8, diagnostics),
    queue.push,
  ];
  if (beforeSendMetric)
    stages.splice(1, 0, createHook(beforeSendMetric, check, findTrace, draft, diagnostics));
  let record =
    transport &&
    createRecord(
      { check, findTrace, around, draft, stages, drop: ledger.drop },
      platform,
      diagnostics,
    );

  // The life of the client.
  async function sendEverything(): Promise<boolean> {
    await queue.flush();
    await delivery.report();
    return transport?.flush() ?? true;
  }

  function flush(timeoutMs?: number): Promise<boolean> {
    const letGo = platform.holdOpen?.();
    return within(sendEverything(), timeoutMs, false, setTimer).finally(letGo);
  }

  function drain(): void {
    queue.drain();
    void delivery.report();
  }

  const stats = (): Stats => ({ ...books, dropped: { ...books.dropped } });
  const stop = transport && platform.start?.({ drain, flush, stats });
  let closing: Promise<boolean> | undefined;

  async function close(timeoutMs?: number): Promise<boolean> {
    const inTime = await flush(timeoutMs);
    record = undefined;
    // What the timeout left behind gets its one chance now instead of waiting for a timer.
    drain();
    queue.close();
    ledger.close();
    stop?.();
    return inTime;
  }

  return {
    metrics: createVerbs((type, name, value, options) => {
      if (!record) return;
      books.recorded++;
      record(type, name, value, options);
    }),
    flush,
    close: (timeoutMs) => (closing ??= close(timeoutMs)),
    setAttributes: set,
    withAttributes,
    stats,
    options: settings,
  };
}

/** The few attributes every metric has unless someone says otherwise (wire.md 1.3). */
function defaultAttributes(settings: Settings, sdk: { name: string; version: string }): Bag {
  return copyAttributes({
    "sentry.release": settings.release,
    "sentry.environment": settings.environment,
    "sentry.sdk.name": sdk.name,
    "sentry.sdk.version": sdk.version,
    "server.address": settings.serverName || undefined,
  });
}
