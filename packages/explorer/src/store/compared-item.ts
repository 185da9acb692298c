import type { MetricIdentity } from "../model/metric.js";
import type { Attributes } from "../model/received-item.js";
import type { Filter } from "../questions/filter/filter.js";
import type { TimeRange } from "../questions/time-range.js";

/** How the items of a selection are told from those of its baseline. */
export type Inside =
  | { readonly by: "value"; readonly least: number; readonly greatest: number }
  | { readonly by: "id"; readonly seqs: readonly bigint[] }
  /** The items since a time. */
  | { readonly by: "time"; readonly sinceNs: bigint };

/** A question about a selection and its baseline. */
export interface ComparisonQuestion {
  readonly metric: MetricIdentity;
  readonly filters: readonly Filter[];
  /** The range of both. */
  readonly range: TimeRange;
  readonly inside: Inside;
}

/** A part of the items of a comparison, in the order of arrival. */
export interface ComparisonPage {
  readonly afterSeq: bigint;
  readonly limit: number;
  /** The part of each side that is read, from 0 to 1. It is the same part in every page and at every time. */
  readonly parts: { readonly inside: number; readonly outside: number };
}

/** One item of a comparison. */
export interface ComparedItem {
  readonly seq: bigint;
  readonly timeNs: bigint;
  readonly value: number;
  /** Calls that it stands for. */
  readonly weight: number;
  readonly traceId: string | null;
  readonly isInside: boolean;
  readonly attributes: Attributes;
}

/** How many traces of a selection and of its baseline have one span, error or log. */
export interface ComparedEvent {
  readonly kind: "span" | "error" | "log";
  readonly op: string | null;
  readonly name: string;
  readonly inside: number;
  readonly outside: number;
  /** A few traces of the selection that have it. */
  readonly traceIds: readonly string[];
}

/** The spans, errors and logs in the traces of a selection and of its baseline. */
export interface ComparedEvents {
  /** How many traces there are. */
  readonly traces: { readonly inside: number; readonly outside: number };
  readonly events: readonly ComparedEvent[];
}
