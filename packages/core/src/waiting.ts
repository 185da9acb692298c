import type { Flat } from "./flat.js";
import type { MetricType, Trace } from "./metric.js";

/** One name with its type and unit: what Sentry calls one metric. */
export interface Series {
  readonly type: MetricType;
  readonly name: string;
  readonly unit: string | undefined;
  /** UTF-8 bytes of the name. */
  readonly bytes: number;
  /** The encoder's text for this series, made at its first metric and kept. */
  text?: string;
  /** The same name with another type or unit. */
  next?: Series;
}

/** Attributes that most metrics share, encoded once. */
export interface Base {
  readonly attributes: Flat;
  readonly keys: ReadonlySet<string>;
  /** Size of the attributes as Relay measures it. */
  readonly bytes: number;
  /** The encoder's text, made once. */
  text?: string;
}

/** A metric between the call and the wire. */
export interface Waiting {
  readonly series: Series;
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Order within one millisecond (`sentry.timestamp.sequence`). */
  readonly sequence: number;
  readonly trace: Trace;
  readonly attributes: Flat;
  /** Shared attributes below `attributes` in precedence; absent where they are already merged in. */
  readonly base: Base | undefined;
  /** Size as Relay measures and bills it: exact for ASCII text, a lower bound otherwise. */
  readonly bytes: number;
}
