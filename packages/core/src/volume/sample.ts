import type { Engine } from "../contract/engine.js";
import type { Trace } from "../contract/metric.js";
import type { Part } from "../contract/part.js";
import type { Sample } from "../contract/stage.js";
import { rateSeries } from "./rate.js";

/** Keeps the share of calls that a `sampleRate` names, trace by trace. */
export const sampling = (): Part => ({ createSampling });

/** Makes the decision of one client; `fallback` is the trace of calls that have no other. */
export const createSampling = (engine: Engine, fallback: Trace): Sample =>
  function sample(series, { trace: { traceId }, sharedAttributes }, rate, mark = rateSeries) {
    // The trace id decides, so that one trace is kept or left whole; calls on the fallback trace, which
    // a whole process shares, are decided one by one. The last 32 bits of an id are random in every
    // scheme; the first may hold a time (AWS X-Ray).
    const chance =
      traceId === fallback.traceId ? engine.random() : parseInt(traceId.slice(-8), 16) / 2 ** 32;
    return chance < rate ? mark(series, sharedAttributes, rate) : undefined;
  };
