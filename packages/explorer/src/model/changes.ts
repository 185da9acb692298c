import type { MetricIdentity } from "./metric.js";
import type { ShownRange } from "./shown-range.js";

/**
 * The result of a comparison. `changed`: attribute values separate the selection from its baseline; `nothing`: none
 * does; `too-little`: fewer than 20 items or 5 traces on one side.
 */
export type ChangeOutcome = "changed" | "nothing" | "too-little";

/** The comparison of a selection with its baseline. Occurring together is no proof of a cause. */
export interface Changes {
  /** The metric. */
  metric: MetricIdentity;
  /**
   * The baseline. `same-time`: the items of the same time outside the selection, for values in a box and for picked samples;
   * `before`: the time before the selection, for a strip of time.
   */
  compared: "same-time" | "before";
  /** The selected items. */
  selection: ComparedItems;
  /** The items that they are compared with. */
  baseline: ComparedItems;
  /** The result of the comparison. */
  outcome: ChangeOutcome;
  /** The measure by which a strip of time is compared; absent for a box, for picked samples, and when there is too little. */
  measure?: ComparedMeasure;
  /** The values that differ beyond chance, the clearest first: at most five, of a strip at most three. */
  changes: Change[];
  /** Spans, errors and logs that more or fewer traces of the selection have, the clearest first; at most ten. */
  events: EventChange[];
  /** How many attributes and how many of their values were compared. */
  checked: { keys: number; values: number };
  /** Attributes that were not compared, by key. */
  skipped: SkippedKey[];
  /** The comparison of the items that do not have the first of `changes`; absent without changes. */
  restAfterFirst?: RestAfterFirst;
  /** How many items were read when there are too many to read all; absent when all were. */
  sampled?: { read: InsideOutside; stored: InsideOutside };
  /** How many random permutations the evidence rests on, from 199 to 999; 0 when there is too little. */
  permutations: number;
  /** The seed of these permutations. An equal question with an equal seed about equal data has an equal answer. */
  seed: number;
}

/** One number for the selection (inside) and one for its baseline (outside). */
export interface InsideOutside {
  inside: number;
  outside: number;
}

/** The items of one side of a comparison. */
export interface ComparedItems {
  range: ShownRange;
  /** Stored items, each counted once. */
  items: number;
  /** Traces of these items that were read. An item without a trace counts as one. */
  traces: number;
}

/** The measure by which a strip of time is compared, of all its items. */
export interface ComparedMeasure {
  /**
   * `share-above`: share of calls above `threshold`, for distributions; `rate`: sum in a minute, for counters; `average`, for
   * gauges.
   */
  kind: "share-above" | "rate" | "average";
  /** The 95th percentile of the baseline; only with `share-above`. */
  threshold?: number;
  /** The measure in the strip (inside) and before it (outside). */
  inside: number;
  outside: number;
  /** The probability of such a difference between random parts of the same time. */
  p: number;
}

/** An attribute value that is more frequent in a selection, or whose items changed more than others, beyond chance. */
export interface Change {
  /** Key of the attribute. */
  key: string;
  /** The value as text, or the two ends of a range of numbers; `null` for items without the attribute. */
  value: string | null;
  /** The kind of `value`: `range` is one tenth of an attribute with many numbers. */
  kind: "value" | "range" | "absent";
  /** The ends of the numbers, both included; only with `range`. */
  range?: { from: number; to: number };
  /** Share of the selected calls that have the value, from 0 to 1. */
  inside: number;
  /** Share of the calls of the baseline that have it. With `same-time`, each moment counts as much as it does in the selection. */
  outside: number;
  /** `inside` less `outside`. */
  difference: number;
  /** The probability that chance makes any of the values stand out as much, from 0 to 1. */
  p: number;
  /** Stored items with the value that were read. */
  items: InsideOutside;
  /** How the items with this value changed; only for a strip of time. */
  effect?: ChangeEffect;
  /** Other values that select the same traces. */
  also?: { key: string; value: string | null; kind: Change["kind"] }[];
  /** Ids of selected items with the value: the greatest, the middle and the newest. */
  sampleIds: string[];
  /** Ids of the traces of these items. */
  traceIds: string[];
}

/** The change of the items with one value, in the measure of the comparison. */
export interface ChangeEffect {
  /** The measure of these items in the strip (inside) and before it (outside). */
  inside: number;
  outside: number;
  /** Their part of the whole change. The values of a key add up to 1; a value that moves the other way is negative. */
  contribution: number;
}

/** A span, an error or a log that more or fewer traces of the selection have. */
export interface EventChange {
  kind: "span" | "error" | "log";
  /** Operation of a span. */
  op?: string;
  /** Name of a span, title of an error, body of a log. Digits are `0`, so that equal events have equal names. */
  name: string;
  /** Share of the selection's traces that have it, from 0 to 1. */
  inside: number;
  /** Share of the baseline's traces that have it. */
  outside: number;
  /** Traces that have it. */
  traces: InsideOutside;
  /** Fisher's exact test, corrected for the number of events compared. */
  p: number;
  /** Ids of selected traces that have it; without one when it is missing there. */
  traceIds: string[];
}

/** An attribute that was not compared. */
export interface SkippedKey {
  /** Key of the attribute. */
  key: string;
  /**
   * `rare`: no value has 20 items; `same`: every item has the same value; `defines-selection`: it follows the value, the time or
   * the trace; `not-on-both-sides`: its values occur only in the strip or only before it; `too-many`: it is not among the 100
   * attributes with the most items.
   */
  reason: "rare" | "same" | "defines-selection" | "not-on-both-sides" | "too-many";
  /** How many values it has. */
  values: number;
}

/** The comparison without the items that have the first value found. */
export interface RestAfterFirst {
  /** Whether what remains still differs. */
  outcome: ChangeOutcome;
  /** Stored items that remain. */
  items: InsideOutside;
  /** The probability that chance makes what remains differ as much; 1 when there is too little. */
  p: number;
  /** The measure of what remains; only for a strip of time. */
  measure?: InsideOutside;
}
