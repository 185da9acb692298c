/** The units of Relay; any other unit is stored as `none` (relay-base-schema/src/metrics/units.rs). */
const UNITS = new Set([
  ..."nanosecond microsecond millisecond second minute hour day week".split(" "),
  ..."bit byte kilobyte kibibyte megabyte mebibyte gigabyte gibibyte".split(" "),
  ..."terabyte tebibyte petabyte pebibyte exabyte exbibyte".split(" "),
  ..."ratio percent".split(" "),
]);

const ALIASES: Readonly<Record<string, string>> = {
  ns: "nanosecond",
  ms: "millisecond",
  s: "second",
};

/** Returns a unit as Sentry stores it; `undefined` is `none`. */
export function normaliseUnit(unit: unknown): string | undefined {
  if (typeof unit !== "string") return undefined;
  if (Object.hasOwn(ALIASES, unit)) return ALIASES[unit];
  return UNITS.has(unit) ? unit : undefined;
}

/** Returns whether a value means that a metric has no unit. */
export const isAbsentUnit = (unit: unknown): boolean =>
  unit === undefined || unit === null || unit === "" || unit === "none";
