import type { Diagnostics } from "../diagnostics.js";
import type { Flat } from "../flat.js";
import type { MetricOptions, MetricType, Trace } from "../metric.js";
import { exactSize, quickSize } from "../size.js";
import type { Base, Waiting } from "../waiting.js";
import type { Check, DropOne } from "./check.js";
import type { Draft } from "./draft.js";
import type { Fit } from "./fit.js";
import type { Review } from "./hook.js";
import { createSequence } from "./sequence.js";
import { readTimestamp } from "./time.js";

/** Takes one call from its arguments to the queue. Never throws. */
export type RecordCall = (
  type: MetricType,
  name: string,
  value: number,
  options?: MetricOptions,
) => void;

/** Decides about a call with a `sampleRate`: the attributes it leaves with, or nothing. */
type Sample = (
  call: { readonly name: string; readonly trace: Trace; readonly rate: number },
  attributes: Flat,
) => Flat | undefined;

/** The stages a call passes, in order. */
export interface Stages {
  readonly check: Check;
  readonly now: () => number;
  readonly findTrace: (options: MetricOptions | undefined) => Trace;
  readonly sample: Sample;
  readonly join: (options: MetricOptions | undefined) => {
    readonly attributes: Flat;
    readonly base: Base | undefined;
  };
  /** `beforeSendMetric`, when there is one. */
  readonly review: Review | undefined;
  readonly fit: Fit;
  /** `false` when the queue is full. */
  readonly push: (metric: Waiting) => boolean;
  readonly drop: DropOne;
  readonly diagnostics: Diagnostics;
}

export function createRecord(stages: Stages): RecordCall {
  const { diagnostics, drop } = stages;
  const sequence = createSequence();

  function prepare(
    type: MetricType,
    name: string,
    value: number,
    options: MetricOptions | undefined,
  ): Draft | undefined {
    const series = stages.check(type, name, value, options?.unit);
    if (!series) return undefined;
    const at = options?.timestamp;
    const time = at === undefined ? undefined : readTimestamp(at, name, diagnostics);
    const trace = stages.findTrace(options);
    const joined = stages.join(options);
    const rate = options?.sampleRate;
    const attributes =
      rate === undefined
        ? joined.attributes
        : stages.sample({ name, trace, rate }, joined.attributes);
    const draft = { series, value, time: time ?? stages.now(), trace, base: joined.base };
    if (attributes) return { ...draft, attributes };
    drop("sample_rate", name, exactSize({ ...draft, attributes: joined.attributes }));
    return undefined;
  }

  function enqueue(draft: Draft): void {
    const { series, value, time, trace, attributes, base } = draft;
    const bytes = quickSize(draft);
    const metric = {
      series,
      value,
      time,
      sequence: sequence(time),
      trace,
      attributes,
      base,
      bytes,
    };
    if (stages.push(metric)) diagnostics.step?.(`recorded ${series.type} ${series.name} ${value}`);
    else drop("buffer_overflow", series.name, exactSize(draft));
  }

  return (type, name, value, options) => {
    try {
      const prepared = prepare(type, name, value, options);
      const reviewed = prepared && stages.review ? stages.review(prepared) : prepared;
      const fitted = reviewed && stages.fit(reviewed);
      if (fitted) enqueue(fitted);
    } catch (error) {
      diagnostics.error("A metric was dropped because its options could not be read.", error);
      drop("internal_sdk_error", typeof name === "string" ? name : undefined, 0);
    }
  };
}
