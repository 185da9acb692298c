const group = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** Formats a number with three significant digits, and a missing one as `–`. */
export function number(value) {
  if (value === undefined || value === null) return "–";
  return Math.abs(value) >= 100 ? group.format(value) : fine.format(value);
}

/** Formats a value with a readable unit: `1.2 s`, `38 MB`, `87 %`. */
export function quantity(value, unit) {
  if (value === undefined || value === null) return "–";
  if (unit === "ratio") return `${number(value * 100)} %`;
  if (unit === "millisecond") return duration(value);
  if (unit === "byte") return scaled(value, 1000, ["B", "kB", "MB", "GB"]);
  return number(value);
}

/** Formats milliseconds. */
export const duration = (ms) => (ms < 1000 ? `${number(ms)} ms` : `${number(ms / 1000)} s`);

function scaled(value, step, names) {
  const index = Math.min(
    names.length - 1,
    Math.floor(Math.log(Math.max(value, 1)) / Math.log(step)),
  );
  return `${number(value / step ** index)} ${names[index]}`;
}

/** Formats a rate as a multiple of the rate before. */
export function change(before, after) {
  if (!before && !after) return "";
  if (!before) return "new";
  if (!after) return "gone";
  const times = after / before;
  return times < 10 ? `×${times.toFixed(1)}` : `×${number(times)}`;
}

/** Formats seconds since the epoch as a UTC time. */
export const clock = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 19);

/** Truncates text to a width. */
export const clip = (text, width) =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
