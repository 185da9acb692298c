import type { TraceCounts } from "../model/exemplar.js";
import type { StoredItem } from "../model/received-item.js";

/** A trace in numbers, as it is stored. Fields that it does not have are `null`. */
export interface StoredTrace extends TraceCounts {
  readonly traceId: string;
  readonly op: string | null;
  /** Name of the root span; `null` without spans. */
  readonly name: string | null;
  readonly startNs: bigint;
  readonly durationNs: bigint;
  readonly metrics: number;
  /** The greatest value of the metric asked for. */
  readonly value: number | null;
}

/** An item of a trace without its attributes and details; its name has at most 1000 characters. */
export interface SlimItem extends SlimFields {
  /** The number in its attribute `spanmeter.folded`. */
  readonly folded?: number | undefined;
}

type SlimFields = Pick<
  StoredItem,
  | "seq"
  | "kind"
  | "verdict"
  | "timeNs"
  | "durationNs"
  | "spanId"
  | "parentSpanId"
  | "name"
  | "type"
  | "unit"
  | "value"
  | "weight"
  | "op"
  | "level"
  | "status"
>;

/** The median self time of the spans with one `op` and name. */
export interface TypicalTime {
  readonly op: string | null;
  readonly name: string;
  readonly selfNs: bigint;
  /** Number of spans that it rests on. */
  readonly spans: number;
}

/** The times of the newest traces with the same root as another one. */
export interface TypicalTimes {
  /** How many traces they are. */
  readonly traces: number;
  /** Median of their durations. */
  readonly durationNs: bigint;
  readonly times: readonly TypicalTime[];
}
