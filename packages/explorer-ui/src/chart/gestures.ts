import type uPlot from "uplot";

/** A pointer that moved less than this was a click, in CSS pixels. */
const CLICK = 4;

/** Meanings of a drag: see only this time, mark a strip of time, or mark a box of time and values. */
export type DragKind = "zoom" | "strip" | "box";

/** A part of the plotting area, in CSS pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Callbacks for a pointer. Points are those of the plotting area, in CSS pixels. */
export interface PointerListener {
  readonly onMove: (x: number, y: number) => void;
  readonly onLeave: () => void;
  readonly onClick: (x: number, y: number) => void;
  readonly onDrag: (kind: DragKind, area: Area) => void;
}

/** Follows the pointer over a plot. The returned function cancels a drag, and returns whether there was one. */
export function followPointer(plot: uPlot, isHeat: boolean, listener: PointerListener) {
  const { over } = plot;
  let start: { x: number; y: number; kind: DragKind } | undefined;
  let dragged: Area | undefined;

  const pointOf = (event: PointerEvent) => {
    const { left, top } = over.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const clear = () => {
    start = undefined;
    dragged = undefined;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  };

  over.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    start = { ...pointOf(event), kind: kindOf(event, isHeat) };
    over.setPointerCapture(event.pointerId);
  });
  over.addEventListener("pointermove", (event) => {
    const { x, y } = pointOf(event);
    if (!start) return listener.onMove(x, y);
    const moved = Math.max(Math.abs(x - start.x), start.kind === "box" ? Math.abs(y - start.y) : 0);
    if (moved < CLICK && !dragged) return;
    if (!dragged) listener.onLeave();
    dragged = areaBetween(start, { x, y }, over, start.kind);
    plot.setSelect({ ...dragged }, false);
  });
  over.addEventListener("pointerup", (event) => {
    if (!start) return;
    const [{ kind }, area] = [start, dragged];
    clear();
    const { x, y } = pointOf(event);
    if (area && area.width > 0) listener.onDrag(kind, area);
    else if (!area) listener.onClick(x, y);
  });
  over.addEventListener("pointercancel", clear);
  over.addEventListener("pointerleave", () => listener.onLeave());

  return function cancelDrag(): boolean {
    const wasDragging = start !== undefined;
    if (wasDragging) clear();
    return wasDragging;
  };
}

function kindOf({ shiftKey, altKey }: PointerEvent, isHeat: boolean): DragKind {
  if (shiftKey) return "strip";
  return isHeat && !altKey ? "box" : "zoom";
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function areaBetween(one: Point, other: Point, over: HTMLElement, kind: DragKind): Area {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const [width, height] = [over.clientWidth, over.clientHeight];
  const left = within(Math.min(one.x, other.x), width);
  const right = within(Math.max(one.x, other.x), width);
  if (kind !== "box") return { left, top: 0, width: right - left, height };
  const top = within(Math.min(one.y, other.y), height);
  return { left, top, width: right - left, height: within(Math.max(one.y, other.y), height) - top };
}
