import { copyAttributes, type Bag } from "./attributes.js";
import type { Client } from "./client.js";
import { createAttributesAround } from "./context/attributes-around.js";
import { createFindTrace, randomHex } from "./context/trace.js";
import { createDelivery } from "./delivery/delivery.js";
import { createLedger } from "./delivery/ledger.js";
import { createDiagnostics, type Diagnostics } from "./diagnostics.js";
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
import { createRecord, type RecordCall } from "./record/recorder.js";
import { createVerbs } from "./record/verbs.js";
import { resolveOptions, type Settings } from "./resolve-options.js";
import { createDestination } from "./transport/destination.js";
import { VERSION } from "./version.js";
import { createSample } from "./volume/sample.js";
import { within } from "./within.js";

/**
 * Makes a client and joins its stages: a call is checked, gets its context, passes its policy and the
 * hook, waits in the queue, is encoded and delivered through a transport.
 *
 * Never throws. Without a destination, with a malformed DSN or with `enableMetrics: false` the client
 * is a no-op.
 */
export function createClient(options: Options, platform: Platform): Client {
  let diagnostics = createDiagnostics(platform, false);
  let settings = {} as Settings;
  try {
    diagnostics = createDiagnostics(platform, options?.debug);
    settings = resolveOptions(options ?? {}, platform.defaults, diagnostics);
    if (settings.enableMetrics) {
      const client = assemble(settings, platform, diagnostics);
      if (client) return client;
    }
  } catch (error) {
    diagnostics.error("The client could not be made; metrics are off.", error);
  }
  return createNoopClient(settings);
}

function assemble(
  settings: Settings,
  platform: Platform,
  diagnostics: Diagnostics,
): Client | undefined {
  const { now, random, encodeUtf8, setTimer } = platform;
  const { tunnel, dsn, sendDefaultPii, sendTimeout, beforeSendMetric } = settings;
  const sdk = { name: platform.sdkName, version: VERSION };

  // Delivery and the exits come first, because everything before them leads there.
  const transport = createDestination(
    settings,
    platform,
    sdk,
    (reason, category) => delivery.givenUp(reason, category),
    diagnostics,
  );
  if (!transport) return undefined;
  const ledger = createLedger(
    settings.onDrop,
    settings.sendClientReports,
    () => void delivery.report(),
    platform,
    diagnostics,
  );
  const infer = platform.ingestSettings && (sendDefaultPii ? "auto" : "never");
  const encode = createEncode(platform.maxEnvelopeBytes, infer, encodeUtf8);
  const wrap = createWrap(sdk, tunnel && dsn && withoutSecret(dsn), now);
  const limits = createRateLimits(now);
  const delivery = createDelivery(
    { encode, wrap, transport, limits, ledger, sendTimeout },
    platform,
    diagnostics,
  );
  const queue = createQueue(settings, delivery.deliver, setTimer);

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
  let record: RecordCall | undefined = createRecord(
    {
      check,
      findTrace,
      around,
      draft,
      stages,
      drop: (reason, name, bytes) =>
        ledger.drop({ reason, metrics: 1, bytes, ...(typeof name === "string" && { name }) }),
    },
    platform,
    diagnostics,
  );

  // The life of the client.
  async function sendEverything(): Promise<boolean> {
    await queue.flush();
    await delivery.report();
    return transport?.flush() ?? true;
  }

  async function flush(timeoutMs?: number): Promise<boolean> {
    const letGo = platform.holdOpen?.();
    try {
      return await within(sendEverything(), timeoutMs, false, setTimer);
    } catch (error) {
      diagnostics.error("The transport's flush failed.", error);
      return false;
    } finally {
      letGo?.();
    }
  }

  function drain(): void {
    queue.drain();
    void delivery.report();
  }

  const stats = (): Stats => ledger.stats(queue.pending());
  const stop = platform.start?.({ drain, flush, stats });
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
      ledger.recorded();
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

/** Old DSNs carry a secret key behind the public one; it is not for tunnels to see. */
function withoutSecret(dsn: string): string {
  return dsn.trim().replace(/:[^:/@]*@/, "@");
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

/** A client that does nothing at the least cost: no destination, or metrics are off. */
function createNoopClient(options: Options): Client {
  const done = (): Promise<boolean> => Promise.resolve(true);
  return {
    metrics: createVerbs(() => {}),
    flush: done,
    close: done,
    setAttributes() {},
    withAttributes: (_attributes, fn) => fn(),
    stats: () => ({ recorded: 0, delivered: 0, pending: 0, dropped: {}, envelopes: 0, bytes: 0 }),
    options,
  };
}
