import { effect } from "@preact/signals";
import uPlot from "uplot";
import type { ChartActions, ChartModel } from "./chart-model.js";
import { stateOf, structureOf, type ChartState } from "./chart-state.js";
import { drawHooks } from "./draw-hooks.js";
import { followPointer } from "./gestures.js";
import { followPalette, palette } from "./palette.js";
import { dotAt } from "./placed-dots.js";
import { layoutOf, plotOptions } from "./plot-options.js";
import { createPointing, type Hover } from "./pointing.js";
import { createRings, type Rings } from "./rings.js";
import { select } from "./selection.js";
import { createWalk } from "./walk.js";

/** The connections of a chart to the component around it. */
export interface ChartOptions {
  readonly host: HTMLElement;
  readonly model: ChartModel;
  readonly syncKey: string;
  /** Height with the axes, in CSS pixels. */
  readonly height: number;
  readonly actions: () => ChartActions;
  readonly onHover: (hover: Hover | undefined) => void;
  /** Announces a text to screen readers. */
  readonly say: (text: string) => void;
}

/** A chart that is drawn. */
export type DrawnChart = ReturnType<typeof createChart>;

/** Draws a chart into an element, and follows the pointer, the keys, its size and the theme. */
export function createChart({ host, syncKey, actions, onHover, say, ...first }: ChartOptions) {
  followPalette();
  let state = stateOf(first.model);
  let height = first.height;
  let structure = "";
  let builds = 0;
  let plot!: uPlot;
  let rings!: Rings;
  let cancelDrag: () => boolean;

  const parts = { plot: () => plot, rings: () => rings, state: (): ChartState => state, actions };
  const pointing = createPointing({ ...parts, onHover });
  const walk = createWalk({ ...parts, show: pointing.walk, hide: pointing.hide, say });
  const hooks = drawHooks(parts.state, () => {
    pointing.drawRing();
    // The place that is pointed at has other values now, and pixels are known only after drawing.
    if (!pointing.refresh()) walk.refresh();
  });
  const size = () => ({ width: Math.max(80, host.clientWidth), height });
  const wantedStructure = () => structureOf(state) + layoutOf(size().width);

  function build(): void {
    structure = wantedStructure();
    builds += 1;
    if (builds > 1) plot.destroy();
    const options = plotOptions(parts.state, size(), syncKey, hooks);
    new uPlot(options, state.columns.data, (made, start) => {
      plot = made;
      rings = createRings(plot.over);
      host.append(plot.root);
      start();
    });
    cancelDrag = followPointer(plot, state.heat !== undefined, {
      onMove: pointing.follow,
      onLeave: pointing.leave,
      onClick: (x, y) => {
        const hit = dotAt(state.dots, x, y);
        if (hit) actions().onOpen(hit.dot);
      },
      onDrag: (kind, area) => select(plot, state, actions(), kind, area),
    });
  }
  function resize(): void {
    if (structure !== wantedStructure()) build();
    else if (size().width !== plot.width || height !== plot.height) plot.setSize(size());
  }
  build();
  const observer = new ResizeObserver(resize);
  observer.observe(host);
  const stopRepainting = effect(() => {
    if (palette.value.heat.length > 0) plot.redraw(false);
  });

  /** Shows another model, in the same plot unless its structure differs. */
  function update(model: ChartModel, newHeight: number): void {
    height = newHeight;
    if (model !== state.model) {
      state = { ...stateOf(model), dots: state.dots };
      if (structure === wantedStructure()) plot.setData(state.columns.data);
    }
    resize();
  }
  return {
    plot: parts.plot,
    state: parts.state,
    /** How often a plot was made. */
    builds: () => builds,
    update,
    /** Emphasises a dot. */
    light: pointing.light,
    /** Handles a key, and returns whether it had a meaning. */
    press: (event: KeyboardEvent) => (event.key === "Escape" && cancelDrag()) || walk.press(event),
    release: walk.release,
    /** Ends a walk by keys. */
    leave() {
      walk.leave();
      if (!pointing.isByPointer()) pointing.hide();
    },
    destroy() {
      observer.disconnect();
      stopRepainting();
      plot.destroy();
    },
  };
}
