import type { Diagnostics } from "../contract/engine.js";
import type { MetricType } from "../contract/metric.js";
import type { Lint } from "../contract/stage.js";

const KNOWN_UNITS: ReadonlySet<string> = new Set(
  (
    "none nanosecond microsecond millisecond second minute hour day week " +
    "bit byte kilobyte kibibyte megabyte mebibyte gigabyte gibibyte terabyte tebibyte petabyte " +
    "pebibyte exabyte exbibyte ratio percent ns ms s"
  ).split(" "),
);

/** Names beyond these are not looked at any more: enough for any application, bounded for hostile ones. */
const MAX_NAMES = 2000;

/** Makes a lint that warns once per name. Called behind `__DEV__`: a production build has none of it. */
export function createLint(diagnostics: Diagnostics): Lint {
  /** The first call of each name. */
  const first = new Map<string, { readonly type: MetricType; readonly unit: string | undefined }>();

  return function lint(type, name, details, time) {
    const { timestamp } = details;
    if (timestamp !== undefined && timestamp !== null && (time === undefined || time === timestamp))
      lintTime(diagnostics, name, time);
    const unit = typeof details.unit === "string" && details.unit ? details.unit : undefined;
    if (details.unit !== undefined && typeof details.unit !== "string")
      diagnostics.warn(`unit ${name}`, `The unit of "${name}" must be text; it was left out.`);
    const known = first.get(name);
    if (known && known.type === type && known.unit === unit) return;
    if (known)
      return diagnostics.warn(
        `conflict ${name}`,
        `"${name}" is recorded as ${label(known.type, known.unit)} and as ${label(type, unit)}; Sentry keeps these as separate metrics. Use one type and unit per name.`,
      );
    if (first.size >= MAX_NAMES) return;
    first.set(name, { type, unit });
    // Relay replaces every run of other characters by one `_` (docs/protocol.md#names-and-units).
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

const label = (type: MetricType, unit: string | undefined): string =>
  unit === undefined ? type : `${type} in ${unit}`;

function lintTime(diagnostics: Diagnostics, name: string, time: number | undefined): void {
  if (time === 0) return;
  diagnostics.warn(
    `timestamp ${name}`,
    time === undefined
      ? `The timestamp of "${name}" is neither a valid Date nor seconds since 1970; the current time was used.`
      : `The timestamp of "${name}" looks like milliseconds; seconds since 1970 are expected. It was divided by 1000.`,
  );
}
