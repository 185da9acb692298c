const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** Writes a price, for example `$12.40`; one below a cent as such. */
export const formatDollars = (price: number): string =>
  price > 0 && price < 0.01 ? "< $0.01" : dollars.format(price);
