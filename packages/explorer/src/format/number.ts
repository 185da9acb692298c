const whole = new Intl.NumberFormat("en-US");
const large = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** A number for people: thousands grouped, whole numbers exact, others with the digits that say something; `-` for nothing. */
export function formatNumber(value: number | null | undefined): string {
  if (value == null) return "-";
  if (Number.isInteger(value)) return whole.format(value);
  return (Math.abs(value) >= 1_000 ? large : small).format(value);
}
