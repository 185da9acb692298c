const FORMAT = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** A number for people: at most six digits that say something, thousands grouped; `-` for nothing. */
export const formatNumber = (value: number | null | undefined): string =>
  value == null ? "-" : FORMAT.format(value);
