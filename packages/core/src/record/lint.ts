import type { Diagnostics } from "../diagnostics.js";
import type { MetricType } from "../metric.js";

/**
 * Tells developers, once per name, what Sentry would silently change. It stands behind `__DEV__`: a
 * production build of a page has none of it.
 */
type Lint = (type: MetricType, name: string, unit: string | undefined) => void;

const KNOWN_UNITS: ReadonlySet<string> = new Set(
  (
    "none nanosecond microsecond millisecond second minute hour day week " +
    "bit byte kilobyte kibibyte megabyte mebibyte gigabyte gibibyte terabyte tebibyte petabyte " +
    "pebibyte exabyte exbibyte ratio percent ns ms s"
  ).split(" "),
);

/** Names beyond these are not looked at any more: enough for any application, bounded for hostile ones. */
const MAX_NAMES = 2000;

export function createLint(diagnostics: Diagnostics): Lint {
  /** What a name was first recorded as, in words. */
  const first = new Map<string, string>();

  return (type, name, unit) => {
    const label = unit === undefined ? type : `${type} in ${unit}`;
    const known = first.get(name);
    if (known === label) return;
    if (known !== undefined)
      return diagnostics.warn(
        `conflict ${name}`,
        `"${name}" is recorded as ${known} and as ${label}; Sentry keeps these as separate metrics. Use one type and unit per name.`,
      );
    if (first.size >= MAX_NAMES) return;
    first.set(name, label);
    // Relay replaces every run of other characters by one `_` (wire.md 3.4).
    const stored = name.replace(/[^A-Za-z0-9_.]+/g, "_");
    if (stored !== name)
      diagnostics.warn(
        `name ${name}`,
        `Sentry will store the metric "${name}" as "${stored}": names keep only letters, digits, "_" and ".".`,
      );
    if (unit !== undefined && !KNOWN_UNITS.has(unit))
      diagnostics.warn(
        `unit ${name}`,
        `Sentry will store "${name}" without its unit "${unit}": it knows durations, information sizes, "ratio" and "percent". Put the unit in the name or an attribute instead.`,
      );
  };
}
