import uPlot from "uplot";
import { formatNumber } from "../format/number.js";
import { formatValue } from "../format/value.js";
import type { ChartState } from "./chart-state.js";
import { partialExtent } from "./columns.js";
import { palette } from "./palette.js";

/** Longer labels of the axis of values leave out the unit, which the caption has. */
const LABEL_LENGTH = 9;

const pad = (part: number): string => String(part).padStart(2, "0");
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** Writes the times of an axis; the first one and each first of a day have the day, unless all are of today. */
export function timeLabels(times: readonly number[], stepSeconds: number): string[] {
  let shownDay = new Date().toDateString();
  return times.map((time) => {
    const date = new Date(time * 1000);
    if (stepSeconds >= 86_400) return day.format(date);
    const isNewDay = date.toDateString() !== shownDay;
    shownDay = date.toDateString();
    return isNewDay
      ? `${clockText(date, stepSeconds)}\n${day.format(date)}`
      : clockText(date, stepSeconds);
  });
}

function clockText(date: Date, stepSeconds: number): string {
  const minutes = `${pad(date.getHours())}:${pad(date.getMinutes())}`;
  if (stepSeconds >= 60) return minutes;
  const seconds = `${minutes}:${pad(date.getSeconds())}`;
  return stepSeconds >= 1
    ? seconds
    : `${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** Writes the values of an axis with their unit; values that would look equal get more digits. */
export function valueLabels(values: readonly (number | null)[], unit: string): string[] {
  const write = (text: (value: number) => string) =>
    values.map((value) => (value === null ? "" : text(value)));
  const labels = write((value) => formatValue(value, unit));
  const shown = labels.filter((label) => label !== "");
  if (new Set(shown).size < shown.length)
    return write((value) => String(Number(value.toPrecision(7))));
  return shown.some((label) => label.length > LABEL_LENGTH) ? write(formatNumber) : labels;
}

/** Describes the axis of values. Dots have no part in it: one far value would flatten all lines. */
export function valueScale(newest: () => ChartState): uPlot.Scale {
  const { model } = newest();
  const isLogarithmic = model.draw === "line" && model.isLogarithmic;
  return {
    distr: isLogarithmic ? 3 : 1,
    range: (_plot, least, greatest) => {
      const { model: shown, columns, heat } = newest();
      if (heat) return [0, heat.size];
      const partial = least === null ? partialExtent(shown, columns) : [];
      const min = least ?? (partial.length > 0 ? Math.min(...partial) : null);
      const max = greatest ?? (partial.length > 0 ? Math.max(...partial) : null);
      if (min === null || max === null) return isLogarithmic ? [1, 10] : [0, 1];
      if (isLogarithmic) return uPlot.rangeLog(min, max, 10, true);
      if (shown.draw !== "line") return [Math.min(0, min * 1.08), Math.max(0, max * 1.08) || 1];
      // The axis begins at 0 unless that took more than half of its height from the lines.
      const isNearZero = min >= 0 && min < max / 2;
      return uPlot.rangeNum(isNearZero ? 0 : min, max, {
        min: { pad: 0.1, soft: 0, mode: 3 },
        max: { pad: 0.1, soft: 0, mode: 3 },
      });
    },
  };
}

/** Describes both axes. */
export function axesOf(newest: () => ChartState, isNarrow: boolean): uPlot.Axis[] {
  const stroke = () => palette.peek().colour("--axis");
  const grid = { stroke: () => palette.peek().colour("--grid"), width: 1 };
  const common = { stroke, grid, ticks: { ...grid, size: 4 }, font: `11px ${palette.peek().font}` };
  return [
    {
      ...common,
      size: 38,
      gap: 4,
      space: 72,
      values: (_plot, times, _axis, _space, step) => timeLabels(times, step),
    },
    {
      ...common,
      scale: "y",
      // As wide in every chart, so that those below each other have one axis of time.
      size: isNarrow ? 54 : 66,
      gap: 4,
      space: 32,
      ...(newest().heat && { splits: () => rowSplits(newest()) }),
      values: (_plot, splits) => {
        const { model, heat } = newest();
        if (!heat) return valueLabels(splits, model.unit);
        const bounds = heat.rows.flatMap(({ at, low, high }) => [
          [at, low] as const,
          [at + 1, high] as const,
        ]);
        const values = splits.map((at) => bounds.find(([bound]) => bound === at)?.[1] ?? null);
        return values.map((value) => formatValue(value, model.unit));
      },
    },
  ];
}

/** About six bounds of rows. */
function rowSplits({ heat }: ChartState): number[] {
  const rows = heat?.rows ?? [];
  const step = Math.max(1, Math.ceil(rows.length / 6));
  const top = heat && rows.length > 0 ? [heat.size] : [];
  const shown = rows.filter((_, place) => place % step === 0).map(({ at }) => at);
  return [...shown.filter((at) => at + step / 2 < (top[0] ?? 0)), ...top];
}
