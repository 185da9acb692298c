import type { Diagnostics } from "../diagnostics.js";
import type { MetricType } from "../metric.js";
import { utf8Size } from "../size.js";
import type { Series } from "../waiting.js";
import { isKnownUnit } from "./units.js";

/**
 * Finds the series of a name, type and unit, and says once per name what Sentry would silently
 * change. Bounded: at the limit it starts anew, which costs a little time and nothing else.
 */
export interface SeriesTable {
  /** `undefined` for a name that is blank, which Relay would drop (wire.md 3.4). */
  find(type: MetricType, name: string, unit: string | undefined): Series | undefined;
}

export const MAX_SERIES_CACHED = 2000;

/** Relay replaces every run of other characters by one `_` (wire.md 3.4). */
const REWRITTEN = /[^A-Za-z0-9_.]+/g;

export function createSeriesTable(diagnostics: Diagnostics): SeriesTable {
  const byName = new Map<string, Series>();
  let made = 0;

  function create(type: MetricType, name: string, unit: string | undefined): Series | undefined {
    if (name.trim() === "") return undefined;
    if (made++ >= MAX_SERIES_CACHED) {
      byName.clear();
      made = 1;
    }
    const series: Series = { type, name, unit, bytes: utf8Size(name) };
    const first = byName.get(name);
    if (first) {
      // Chained behind the first one, which keeps the usual look-up one step long.
      if (first.next) series.next = first.next;
      first.next = series;
    } else byName.set(name, series);
    tell(series, first);
    return series;
  }

  function tell({ type, name, unit }: Series, first: Series | undefined): void {
    const stored = name.replace(REWRITTEN, "_");
    if (stored !== name)
      diagnostics.warn(
        "name",
        name,
        __DEV__ &&
          `Sentry will store the metric "${name}" as "${stored}": names keep only letters, digits, "_" and ".".`,
      );
    if (unit !== undefined && !isKnownUnit(unit))
      diagnostics.warn(
        "unit",
        name,
        __DEV__ &&
          `Sentry will store "${name}" without its unit "${unit}": it knows durations, information sizes, "ratio" and "percent". Put the unit in the name or an attribute instead.`,
      );
    if (first)
      diagnostics.warn(
        "conflict",
        name,
        __DEV__ &&
          `"${name}" is recorded as ${label(first)} and as ${label({ type, unit })}; Sentry keeps these as separate metrics. Use one type and unit per name.`,
      );
  }

  return {
    find(type, name, unit) {
      let series = byName.get(name);
      while (series && (series.type !== type || series.unit !== unit)) series = series.next;
      return series ?? create(type, name, unit);
    },
  };
}

function label({ type, unit }: Pick<Series, "type" | "unit">): string {
  return unit === undefined ? type : `${type} in ${unit}`;
}
