import type { Page } from "playwright-core";
import { panelsReady } from "./chart-tables.js";

/** A dot of a chart, with its place in the window. */
export interface OpenDot {
  readonly id: string;
  readonly time: number;
  readonly value: number;
  readonly traceId?: string;
  readonly x: number;
  readonly y: number;
  /** Where its value is beyond the axis. */
  readonly edge?: "above" | "below";
}

/** What a chart says of itself to tests. */
export interface OpenChart {
  readonly plot: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** The ends of the axis of values. */
  readonly range: { readonly min: number; readonly max: number };
  readonly dots: readonly OpenDot[];
  /** Times, and the values that are drawn; `null` is a gap. */
  readonly data: readonly (readonly (number | null)[])[];
}

/** Lets the charts of the next documents of a page describe themselves. */
export const openTestDoor = (page: Page): Promise<unknown> =>
  page.addInitScript(() => void Object.assign(globalThis, { __spanmeterTest: true }));

/** Returns the first chart of the first panel as it is drawn: with its dots, which are asked for apart from the lines. */
export async function openChart(page: Page, hasDots = true): Promise<OpenChart> {
  await panelsReady(page);
  await page.locator("#panel-0-0").scrollIntoViewIfNeeded();
  const chart = await page.waitForFunction((wantsDots) => {
    const door = globalThis as unknown as {
      __chart(
        id: string,
      ): (OpenChart & { isReady: boolean; model: { dots: unknown[] } }) | undefined;
    };
    const found = door.__chart("panel-0-0");
    if (!found?.isReady || (wantsDots && found.dots.length === 0)) return undefined;
    const { plot, range, dots, data } = found;
    return { plot, range, dots, data };
  }, hasDots);
  return chart.jsonValue() as Promise<OpenChart>;
}
