import type { Box } from "../url/box.js";

/** A line of a chart, with the same line in an earlier range. */
export interface ChartLine {
  /** Identifies the line in all charts of the page: it keeps its colour. */
  readonly key: string;
  /** Its name for people. */
  readonly label: string;
  /** Whether it is that of all others together. */
  readonly isOthers: boolean;
  /** One value for each time; `null` is a gap. */
  readonly values: readonly (number | null)[];
  /** The values of an earlier range, in the same places. */
  readonly earlier?: readonly (number | null)[];
  /** Sentry's name of the unit of its values; absent when it is that of the chart. */
  readonly unit?: string;
  /** The value over the whole range. */
  readonly total: number | null;
  readonly earlierTotal?: number | null;
}

/** A single item on a chart. */
export interface ChartDot {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly time: number;
  readonly value: number;
  readonly traceId?: string;
  readonly spanId?: string;
  /** The value of the item for people, where `value` is only its place. */
  readonly text?: string;
  /** The `key` of its line. */
  readonly line: string;
  readonly errors: number;
}

/** A stretch of time that is marked. */
export interface ChartStrip {
  /** Seconds since the epoch. */
  readonly since: number;
  readonly until: number;
  readonly label: string;
}

/** The parts that every chart over time has. */
export interface ChartFrame {
  /** The chart in words: it is shown above it, and names it for screen readers. */
  readonly caption: string;
  /** Seconds since the epoch. */
  readonly range: { readonly since: number; readonly until: number };
  /** Start of each bucket, in seconds since the epoch. */
  readonly times: readonly number[];
  readonly intervalSeconds: number;
  /** Whether the range covers only a part of the first and of the last bucket. */
  readonly partial: { readonly first: boolean; readonly last: boolean };
  /** Sentry's name of the unit of the values. */
  readonly unit: string;
  readonly strips: readonly ChartStrip[];
  /** The selection. */
  readonly box: Box | undefined;
}

/** A chart of lines, or of areas or bars that stand on each other. */
export interface LineChart extends ChartFrame {
  readonly draw: "line" | "area" | "bar";
  /** Whether the axis of values is logarithmic. Stacks have none: their parts would not add up. */
  readonly isLogarithmic: boolean;
  readonly lines: readonly ChartLine[];
  /** Whether lines are groups, by which one can filter. */
  readonly isGrouped?: boolean;
  /** Name of the earlier range; absent when there is none. */
  readonly earlierLabel?: string;
  readonly dots: readonly ChartDot[];
}

/** A chart of how many items have which value. */
export interface HeatChart extends ChartFrame {
  readonly draw: "heat";
  /** The bounds of each row, upwards. */
  readonly rows: readonly { readonly from: number; readonly to: number }[];
  readonly cells: readonly {
    /** Place in `times`. */
    readonly bucket: number;
    /** Place in `rows`. */
    readonly row: number;
    readonly count: number;
    readonly min: number;
    readonly max: number;
  }[];
  readonly dots: readonly ChartDot[];
}

/** A chart: lines, a stack, or a heat map. */
export type ChartModel = LineChart | HeatChart;

/** Everything that a person does on a chart. */
export interface ChartActions {
  /** Drags over a stretch of time, to see only this. Seconds since the epoch. */
  onZoom(range: { since: number; until: number }): void;
  /** Marks a strip, or on a chart of values a box; `undefined` clears it. */
  onBox(box: Box | undefined): void;
  /** Opens an item. */
  onOpen(dot: ChartDot): void;
  /** Points at a dot, or at none. */
  onPoint(id: string | undefined): void;
  /** Takes only one line (its `key`), or everything but it. */
  onLine(key: string, isExcluded: boolean): void;
}
