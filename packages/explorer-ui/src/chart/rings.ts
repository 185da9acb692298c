interface Point {
  readonly x: number;
  readonly y: number;
}

/** Adds rings to a plotting area. They are elements: lighting a dot does not draw the chart again. */
export function createRings(over: HTMLElement) {
  const ring = (name: string) => {
    const element = document.createElement("div");
    element.className = `chart-ring ${name}`;
    element.hidden = true;
    over.append(element);
    return (point: Point | undefined) => {
      element.hidden = point === undefined;
      if (point) element.style.translate = `${point.x}px ${point.y}px`;
    };
  };
  return { lit: ring("lit"), walked: ring("walked") };
}

/** Functions that put a ring somewhere, or hide it. */
export type Rings = ReturnType<typeof createRings>;
