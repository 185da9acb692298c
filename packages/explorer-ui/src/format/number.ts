const SIGNIFICANT = 3;
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", {
  notation: "compact",
  maximumSignificantDigits: SIGNIFICANT,
});
const plain = new Intl.NumberFormat("en", { maximumSignificantDigits: SIGNIFICANT });

/** Writes a count in full, for example `4,812`. */
export const formatCount = (count: number): string => whole.format(count);

/** Writes a number with three significant digits, for example `0.0123`, `1,240`, `3.2M`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-6 || size >= 1e15)) return value.toExponential(2);
  return size >= 100_000
    ? compact.format(value)
    : plain.format(size >= 1_000 ? Math.round(value) : value);
}

/** Writes a change as a percentage with its sign, for example `+420 %`. */
export function formatChange(ratio: number): string {
  const percent = (ratio - 1) * 100;
  if (Math.abs(percent) < 0.05) return "±0 %";
  const digits = Math.abs(percent) < 10 ? 1 : 0;
  return `${percent > 0 ? "+" : "−"}${Math.abs(percent).toFixed(digits)} %`;
}

/** Writes a share as a percentage, for example `27 %`. */
export const formatShare = (share: number): string =>
  `${plain.format(Number((share * 100).toPrecision(2)))} %`;
