import type uPlot from "uplot";
import type { ChartActions, ChartDot } from "./chart-model.js";
import type { ChartState } from "./chart-state.js";
import { dotAt } from "./placed-dots.js";
import type { Rings } from "./rings.js";

/** The bucket whose values are shown. */
export interface Hover {
  readonly bucket: number;
  /** The line or row that keys are on. */
  readonly place: number | undefined;
  readonly dot: ChartDot | undefined;
  /** Distance of the pointer from the top left corner of the chart, in CSS pixels. */
  readonly left: number;
  readonly top: number;
}

interface Pointed {
  readonly plot: () => uPlot;
  readonly rings: () => Rings;
  readonly state: () => ChartState;
  readonly actions: () => ChartActions;
  readonly onHover: (hover: Hover | undefined) => void;
}

/** Shows the values at the pointer or at the place that keys are on, and lights dots. */
export function createPointing({ plot, rings, state, actions, onHover }: Pointed) {
  let lit: string | undefined;
  let pointed: ChartDot | undefined;
  let pointer: { readonly x: number; readonly y: number } | undefined;
  let isShown = false;

  /** Draws the ring of the dot that is pointed at, or else of the one to emphasise. */
  function drawRing(): void {
    const id = pointed?.id ?? lit;
    rings().lit(state().dots.find(({ dot }) => dot.id === id));
  }
  function point(dot: ChartDot | undefined): void {
    const isNew = pointed?.id !== dot?.id;
    pointed = dot;
    plot().over.classList.toggle("on-dot", dot !== undefined);
    drawRing();
    if (isNew) actions().onPoint(dot?.id);
  }
  function show(bucket: number, place: number | undefined, x: number, y: number): void {
    isShown = true;
    const { left, top } = plot().bbox;
    const ratio = devicePixelRatio;
    onHover({ bucket, place, dot: pointed, left: left / ratio + x, top: top / ratio + y });
  }
  /** Shows the values at a point of the plotting area. */
  function follow(x: number, y: number): void {
    const { model, dots } = state();
    if (model.times.length === 0) return;
    pointer = { x, y };
    rings().walked(undefined);
    point(dotAt(dots, x, y)?.dot);
    show(Math.min(plot().posToIdx(x), model.times.length - 1), undefined, x, y);
  }
  /** Shows the values of a bucket that keys went to. */
  function walk(bucket: number, place: number, x: number, y: number): void {
    pointer = undefined;
    point(undefined);
    plot().setCursor({ left: x, top: y });
    rings().walked({ x, y });
    show(bucket, place, x, y);
  }
  /** Hides the values, and returns whether they were shown. */
  function hide(): boolean {
    const wasShown = isShown;
    isShown = false;
    pointer = undefined;
    rings().walked(undefined);
    if (!wasShown) return false;
    plot().setCursor({ left: -10, top: -10 });
    onHover(undefined);
    return true;
  }
  function leave(): void {
    point(undefined);
    if (pointer) hide();
  }
  /** Shows the values at the pointer again, and returns whether there is one. */
  function refresh(): boolean {
    if (pointer) follow(pointer.x, pointer.y);
    return pointer !== undefined;
  }
  function light(id: string | undefined): void {
    lit = id;
    drawRing();
  }
  return { follow, walk, hide, leave, refresh, light, drawRing, isByPointer: () => !!pointer };
}
