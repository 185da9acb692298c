import type { Page } from "playwright-core";
import type { ChartModel, LineChart } from "../../src/chart/chart-model.js";

/** A chart that the page of the tests shows. */
export interface ShownChart {
  readonly id?: string;
  readonly model: ChartModel;
  readonly lit?: string;
  readonly height?: number;
  readonly hasTable?: boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The description of a chart that the page gives to tests. Pixels are those of the window. */
interface Described {
  readonly plot: { left: number; top: number; width: number; height: number };
  readonly range: { min: number; max: number };
  readonly builds: number;
  readonly colours: Record<string, { token: string; dash: readonly number[] }>;
  readonly dots: readonly (Point & { id: string; edge?: string; line: string })[];
  readonly data: readonly (number | null)[][];
  readonly pixel: (time: number, value: number) => Point;
}

interface Globals {
  show(...charts: readonly ShownChart[]): void;
  calls: unknown[][];
  playLive(model: LineChart, points: number, seconds: number): Promise<number>;
  pngOf(id: string): Promise<number[]>;
  __chart(id: string): Described;
}

declare global {
  // Functions of `pages/chart-page.tsx`.
  interface Window extends Globals {}
}

/** Shows charts instead of those before. */
export const show = (page: Page, ...charts: readonly ShownChart[]): Promise<void> =>
  page.evaluate((shown) => window.show(...shown), charts);

/** Returns the description of a chart, without its functions. */
export const describeChart = (page: Page, id = "chart"): Promise<Omit<Described, "pixel">> =>
  page.evaluate((named) => {
    const { pixel: _, ...described } = window.__chart(named);
    return described;
  }, id);

/** Returns where a value is drawn. */
export const pixelOf = (page: Page, time: number, value: number, id = "chart"): Promise<Point> =>
  page.evaluate(([named, at, height]) => window.__chart(named).pixel(at, height), [
    id,
    time,
    value,
  ] as const);

/** Returns the calls of one action, and forgets all calls. */
export const takeCalls = async (page: Page, action: string): Promise<unknown[][]> => {
  const calls = await page.evaluate(() => window.calls.splice(0));
  return calls.filter(([name]) => name === action).map(([, ...given]) => given);
};

/** Drags the pointer from one point to another. */
export async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

/** Counts pixels of the colour of a token, or of any, in the column of the plotting area at a time. */
export function countInk(
  page: Page,
  time: number,
  token: string | undefined,
  id = "chart",
): Promise<number> {
  return page.evaluate(
    ([named, at, wanted]) => {
      const chart = window.__chart(named);
      const probe = document.createElement("canvas").getContext("2d")!;
      const element = document.body.appendChild(document.createElement("i"));
      element.style.forcedColorAdjust = "none";
      element.style.color = `var(${wanted ?? "--page"})`;
      probe.fillStyle = getComputedStyle(element).color;
      element.remove();
      probe.fillRect(0, 0, 1, 1);
      const colour = probe.getImageData(0, 0, 1, 1).data;
      const canvas = document.querySelector<HTMLCanvasElement>(`#${named} canvas`)!;
      const box = canvas.getBoundingClientRect();
      const { data } = canvas
        .getContext("2d")!
        .getImageData(
          Math.round(chart.pixel(at, 0).x - box.left),
          chart.plot.top - box.top,
          1,
          chart.plot.height,
        );
      const isInk = (start: number) => {
        const alpha = data[start + 3]!;
        if (wanted === undefined) return alpha > 60;
        const isNear = (part: number) => Math.abs(data[start + part]! - colour[part]!) < 40;
        return alpha > 200 && [0, 1, 2].every(isNear);
      };
      return Array.from({ length: data.length / 4 }, (_, pixel) => pixel * 4).filter(isInk).length;
    },
    [id, time, token] as const,
  );
}
