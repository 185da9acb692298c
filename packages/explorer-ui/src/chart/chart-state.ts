import type { ChartDot, ChartModel } from "./chart-model.js";
import { columnsOf, type Columns } from "./columns.js";
import { heatRowsOf, type HeatRows } from "./heat-rows.js";
import { coloursOf, type LineColour } from "./line-colours.js";

/** A dot, with its place in the plotting area in CSS pixels. */
export interface PlacedDot {
  readonly dot: ChartDot;
  readonly x: number;
  readonly y: number;
  /** Where its value is beyond the axis of values. */
  readonly edge: "above" | "below" | undefined;
}

/** A model, prepared for drawing. */
export interface ChartState {
  readonly model: ChartModel;
  readonly columns: Columns;
  readonly colours: ReadonlyMap<string, LineColour>;
  /** The rows of a heat map. */
  readonly heat: HeatRows | undefined;
  /** Dots where they were drawn last. */
  dots: readonly PlacedDot[];
}

/** Prepares a model for drawing. */
export const stateOf = (model: ChartModel): ChartState => ({
  model,
  columns: columnsOf(model),
  colours: model.draw === "heat" ? new Map() : coloursOf(model.lines),
  heat: model.draw === "heat" ? heatRowsOf(model) : undefined,
  dots: [],
});

/** Returns what cannot change without a new plot: how many lines there are, and how they are drawn. */
export function structureOf({ model, columns, colours }: ChartState): string {
  if (model.draw === "heat") return "heat";
  const dashes = columns.order.map((place) => {
    const { key = "" } = model.lines[place] ?? {};
    return colours.get(key)?.dash.join(" ");
  });
  return JSON.stringify([model.draw, model.isLogarithmic, columns.earlier, dashes]);
}
