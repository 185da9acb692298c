import { sizeOf, type Bag } from "../attributes.js";
import type { Diagnostics } from "../diagnostics.js";
import type { Drop, DropReason } from "../drop.js";
import type { MetricOptions, MetricType, ScopeLike, Trace } from "../metric.js";
import type { Platform } from "../platform.js";
import { exactSize, type Stage, type Waiting } from "../waiting.js";
import type { Check } from "./check.js";
import type { Draft } from "./draft.js";

/** Takes one call from its arguments to the queue. Never throws. */
export type RecordCall = (
  type: MetricType,
  name: string,
  value: number,
  options?: MetricOptions,
) => void;

/** What a call passes on its way. */
export interface Parts {
  readonly check: Check;
  readonly findTrace: (options: MetricOptions) => Trace;
  readonly around: (scope: ScopeLike | undefined) => Bag;
  readonly draft: Draft;
  /** Sampling, hook, fit and queue, in this order. */
  readonly stages: readonly Stage[];
  readonly drop: (drop: Drop) => void;
}

export function createRecord(
  { check, findTrace, around, draft, stages, drop }: Parts,
  { now, encodeUtf8 }: Platform,
  diagnostics: Diagnostics,
): RecordCall {
  // The shared attributes stay the same object until something changes; so does their size.
  let base: Bag = {};
  let baseSize = 0;

  function lose(reason: DropReason, name: unknown, bytes: number): void {
    drop({ reason, name: typeof name === "string" ? name : undefined, metrics: 1, bytes });
  }

  function admit(type: MetricType, name: string, value: number, options: MetricOptions): void {
    if (!check(type, name, value)) return lose("invalid", name, 0);
    const { unit, timestamp, attributes, scope } = options;
    const trace = findTrace(options);
    const shared = around(scope);
    if (shared !== base) {
      base = shared;
      baseSize = sizeOf(base);
    }
    const told = { type, name, value, unit, timestamp, attributes };
    let metric = draft(told, trace, base, baseSize, now());
    for (const stage of stages) {
      const next: Waiting | DropReason = stage(metric, options);
      if (typeof next === "string") return lose(next, metric.name, exactSize(metric, encodeUtf8));
      metric = next;
    }
    diagnostics.step?.("recorded", type, name, value);
  }

  return (type, name, value, options) => {
    try {
      admit(type, name, value, options ?? {});
    } catch (error) {
      diagnostics.error("options threw", error);
      lose("internal_sdk_error", name, 0);
    }
  };
}
