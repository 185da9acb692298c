const whole = new Intl.NumberFormat("en-US");
const large = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** Numbers beyond these limits have an exponent: without one they would have up to three hundred digits. */
const HUGE = 2 ** 53;
const TINY = 1e-6;

/** Formats a number for people: grouped thousands, exact whole numbers, others rounded; `-` for `null` and `undefined`. */
export function formatNumber(value: number | null | undefined): string {
  if (value == null) return "-";
  const size = Math.abs(value);
  if (size >= HUGE || (size > 0 && size < TINY)) return String(Number(value.toPrecision(6)));
  if (Number.isInteger(value)) return whole.format(value);
  return (Math.abs(value) >= 1_000 ? large : small).format(value);
}
