import type { Client } from "./client.js";
import { createAttributesAround } from "./context/attributes-around.js";
import { createFindTrace, randomHex } from "./context/trace.js";
import { createClientReports } from "./delivery/client-reports.js";
import { createDelivery } from "./delivery/delivery.js";
import { createLedger } from "./delivery/ledger.js";
import { createDiagnostics, type Diagnostics } from "./diagnostics.js";
import { createEncode } from "./encode/container.js";
import { createWrap } from "./encode/envelope.js";
import { flatten, type Flat } from "./flat.js";
import type { Options } from "./options.js";
import type { Platform, Undo } from "./platform.js";
import { createQueue } from "./queue/queue.js";
import { createRateLimits } from "./rate-limits.js";
import { createCheck, type DropOne } from "./record/check.js";
import { createFit } from "./record/fit.js";
import { createReview } from "./record/hook.js";
import { createRecord, type RecordCall } from "./record/recorder.js";
import { createSeriesTable } from "./record/series-table.js";
import { createVerbs } from "./record/verbs.js";
import { createNoopClient } from "./noop-client.js";
import { resolveOptions, type Settings } from "./resolve-options.js";
import { createDestination } from "./transport/destination.js";
import { VERSION } from "./version.js";
import { createSample } from "./volume/sample.js";
import { within } from "./within.js";

/** How often losses are told when no metrics leave that could take the report along. */
const REPORT_INTERVAL_MS = 60_000;

/**
 * Makes a client and joins its stages: a call is checked, gets its context, passes its policy and the
 * hook, waits in the queue, is encoded and delivered through a transport.
 *
 * Never throws. Without a destination, with a malformed DSN or with `enableMetrics: false` the client
 * is a no-op.
 */
export function createClient(options: Options, platform: Platform): Client {
  const { console, development } = platform;
  let diagnostics = createDiagnostics(console, false, development);
  try {
    const given = { ...options };
    if (given.debug === true) diagnostics = createDiagnostics(console, true, development);
    const settings = resolveOptions(given, platform.defaults, diagnostics);
    return settings.enableMetrics
      ? assemble(settings, platform, diagnostics)
      : createNoopClient(settings);
  } catch (error) {
    diagnostics.error("The client could not be made; metrics are off.", error);
    return createNoopClient({});
  }
}

function assemble(settings: Settings, platform: Platform, diagnostics: Diagnostics): Client {
  const sdk = { name: platform.sdkName, version: VERSION };
  const now = (): number => platform.now();
  const random = (): number => platform.random();
  const setTimer = (fn: () => void, ms: number): Undo => platform.setTimer(fn, ms);

  // 6, 7: delivery and the exits. They come first because everything before them leads there.
  let reportTimer: Undo | undefined;
  const reports = createClientReports(() => {
    reportTimer ??= setTimer(() => {
      reportTimer = undefined;
      void delivery.report();
    }, REPORT_INTERVAL_MS);
  });
  const ledger = createLedger(
    settings.onDrop,
    (reason, metrics, bytes) => {
      if (settings.sendClientReports) reports.add(reason, metrics, bytes);
    },
    diagnostics,
  );
  const destination = createDestination(settings, platform, sdk, diagnostics, (reason, category) =>
    delivery.givenUp(reason, category),
  );
  if (!destination) return createNoopClient(settings);
  const delivery = createDelivery({
    encode: createEncode({
      maxBytes: platform.defaults.maxEnvelopeBytes,
      ingestSettings: platform.ingestSettings && (settings.sendDefaultPii ? "auto" : "never"),
      encodeUtf8: (text) => platform.encodeUtf8(text),
    }),
    wrap: createWrap({ sdk, dsn: destination.dsn, now }),
    transport: destination.transport,
    limits: createRateLimits(now),
    reports,
    ledger,
    diagnostics,
    setTimer,
    sendTimeout: settings.sendTimeout,
  });

  // 4: the queue.
  const queue = createQueue(
    {
      maxItems: settings.maxQueueItems,
      maxBytes: settings.maxQueueBytes,
      maxInFlight: settings.maxInFlight,
      interval: settings.flushInterval,
    },
    (batch) => delivery.deliver(batch),
    setTimer,
  );

  // 1, 2, 3: the call, its context and its policy.
  const fallback = { traceId: randomHex(32, random) };
  const findTrace = createFindTrace(
    settings.traceSources ?? platform.traceSources(),
    fallback,
    diagnostics,
  );
  const around = createAttributesAround(
    {
      attributes: flatten(settings.attributes),
      defaults: defaultAttributes(settings, sdk),
      sendDefaultPii: settings.sendDefaultPii === true,
    },
    platform,
    diagnostics,
  );
  const drop: DropOne = (reason, name, bytes) =>
    ledger.drop({ reason, metrics: 1, bytes, ...(name !== undefined && { name }) });
  const check = createCheck(createSeriesTable(diagnostics), diagnostics, drop);
  const { beforeSendMetric: hook } = settings;
  let record: RecordCall | undefined = createRecord({
    check,
    now,
    findTrace,
    join: (options) => around.join(options),
    sample: createSample(fallback, random, diagnostics),
    review: hook && createReview({ hook, check, findTrace, drop, diagnostics }),
    fit: createFit(settings.maxMetricBytes, diagnostics, drop),
    push: (metric) => queue.push(metric),
    drop,
    diagnostics,
  });

  async function sendEverything(): Promise<boolean> {
    await queue.flush();
    await delivery.report();
    return (await destination?.transport.flush()) ?? true;
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

  let closing: Promise<boolean> | undefined;
  const stop = platform.start?.({ drain, flush });

  async function close(timeoutMs?: number): Promise<boolean> {
    const inTime = await flush(timeoutMs);
    record = undefined;
    // What the timeout left behind gets its one chance now instead of waiting for a timer.
    drain();
    queue.close();
    reportTimer?.();
    stop?.();
    return inTime;
  }

  return {
    metrics: createVerbs((type, name, value, options) => {
      if (!record) return;
      ledger.recorded(1);
      record(type, name, value, options);
    }),
    flush,
    close: (timeoutMs) => (closing ??= close(timeoutMs)),
    setAttributes: (attributes) => around.set(attributes),
    withAttributes: (attributes, fn) => around.within(attributes, fn),
    stats: () => ledger.stats(queue.pending()),
    options: settings,
  };
}

/** The few attributes every metric has unless someone says otherwise (wire.md 1.3). */
function defaultAttributes(settings: Settings, sdk: { name: string; version: string }): Flat {
  return flatten({
    "sentry.release": settings.release,
    "sentry.environment": settings.environment,
    "sentry.sdk.name": sdk.name,
    "sentry.sdk.version": sdk.version,
    "server.address": settings.serverName || undefined,
  });
}
