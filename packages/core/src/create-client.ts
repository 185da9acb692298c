import type { Client } from "./contract/client.js";
import type { Options } from "./contract/options.js";
import type { Connect, EarlyRecorder, Part, Platform } from "./contract/part.js";
import type { Pipeline } from "./contract/pipeline.js";
import { createContext } from "./context/context.js";
import { createPipeline } from "./create-pipeline.js";
import { explainIdle } from "./delivery/explain.js";
import { fallbackTrace } from "./engine/fallback-trace.js";
import { copySeries, makeInstrument } from "./engine/series.js";
import { createLint } from "./record/lint.js";
import { createRecord } from "./record/recorder.js";
import { createSettle, createSteps } from "./record/settle.js";
import { createVerbs } from "./record/verbs.js";
import { createDestination } from "./transport/destination.js";

/**
 * Makes a client with a pipeline of its own. The platform's parts fill the optional places of both.
 *
 * Never throws. Without a destination, with a malformed DSN or with `enableMetrics: false` the client
 * is a no-op: its stages are made, and never used.
 */
export function createClient(options: Options, platform: Platform): Client {
  const given = options ?? {};
  const parts = platform.parts ?? [];

  const connect: Connect = (engine, ...others) => {
    if (engine.settings.beforeSendMetric && !parts.some(({ createHook }) => createHook))
      throw __DEV__ ? new Error('"beforeSendMetric" needs the part beforeSend()') : "beforeSend";
    return createDestination(engine, ...others);
  };

  const pipeline = createPipeline(given, platform, connect);
  const client = createClientOn(pipeline, given, parts);
  if (pipeline.open()) pipeline.start();
  else if (__DEV__) explainIdle(pipeline.engine, pipeline.parts);
  return client;
}

/**
 * Makes the client that records into a pipeline: a call is checked, gets its context, passes its policy and
 * the hook, and goes on into the pipeline.
 */
export function createClientOn(
  pipeline: Pipeline,
  given: Options,
  allParts: readonly Part[],
): Client {
  const { engine, ledger, measure, push, source, stats, volume } = pipeline;
  const { guard, platform, settings } = engine;
  const { counts } = ledger;
  const parts: Part = Object.assign({}, ...allParts);
  const sdk = pipeline.sdk ?? guard(() => parts.createSdkReader?.(engine, given));
  const fallback = fallbackTrace(engine.random);
  const traceSources = allParts.flatMap(
    (part) => guard(() => part.createTraceSource?.(engine)) ?? [],
  );
  const context = createContext(engine, sdk, traceSources, fallback, volume?.merged);
  const lint = __DEV__ && (platform.development || settings.debug) ? createLint(engine) : undefined;
  const find = volume?.find ?? makeInstrument;
  const hook = parts.createHook?.(engine, { find, named: context.named, lint });
  const sample = parts.createSampling?.(engine, fallback);
  const steps = createSteps(engine, { sample, hook, measure, push }, ledger);
  const calls = volume?.createCalls(steps, {
    ...context,
    ...(__DEV__ && { lint: lint && ((...call) => lint(...call, undefined)) }),
  });
  const settle = calls?.settle ?? createSettle(steps, engine);
  const finders = {
    find,
    findSeries: volume?.findSeries ?? copySeries,
    locate: calls?.locate ?? context.locate,
  };
  const record = createRecord(engine, finders, settle, steps.lose, counts, lint);
  const bind = calls?.bindTo(record);
  let early: EarlyRecorder | undefined;
  if (pipeline.mayOpen())
    early = parts.createEarlyRecorder?.({
      isReady: pipeline.open,
      record,
      onFirstCall() {
        pipeline.start();
        pipeline.onClose(
          engine.setTimer(() => void (early?.open() && pipeline.flush()), settings.flushInterval),
        );
      },
      onReady: () => client,
      time: () => engine.now() / 1000,
      trace: () => context.locate({}).trace,
      surrounding: context.surrounding,
    });
  if (early) pipeline.onClose(early.close);
  const { handOver } = source;
  source.defaults = context.defaults;
  source.handOver = () => {
    early?.open();
    handOver?.();
  };

  function missed(calls: number): void {
    if (early?.miss(calls) || engine.isClosed()) return;
    counts.recorded += calls;
    ledger.drop({ reason: "buffer_overflow", metrics: calls, bytes: 0 });
  }

  const client: Client = {
    // Handles that are made while there is no destination record like all other calls.
    metrics: early ? createVerbs(early.record) : createVerbs(record, bind),
    flush: pipeline.flush,
    close: pipeline.close,
    setAttributes: context.set,
    withAttributes: context.within,
    stats,
    missed,
    ...(!early && bind && { bind }),
    options: settings,
  };
  return client;
}
