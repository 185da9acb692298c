import type uPlot from "uplot";
import type { ChartState } from "./chart-state.js";
import { drawDots } from "./draw-dots.js";
import { drawHeat } from "./draw-heat.js";
import { drawLabels } from "./draw-labels.js";
import { drawMarkLabels, drawMarks } from "./draw-marks.js";
import { drawLevels, drawPartial } from "./draw-partial.js";
import { placeDots } from "./placed-dots.js";

/** Everything that is drawn besides axes and lines: some of it under the lines, some over them. */
export function drawHooks(state: () => ChartState, onDots: () => void): uPlot.Hooks.Arrays {
  const under = [drawHeat, drawPartial, drawMarks];
  const over = [drawLevels, drawLabels, drawMarkLabels, drawDots];
  return {
    drawAxes: [(plot) => under.forEach((draw) => draw(plot, state()))],
    draw: [
      (plot) => {
        state().dots = placeDots(plot, state());
        over.forEach((draw) => draw(plot, state()));
        onDots();
      },
    ],
  };
}
