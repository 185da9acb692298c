import type { IngestServer, ReadMetric } from "@spanmeter/testing";

/** The losses that client reports announce: by Spanmeter, whose envelopes name an SDK, and by Sentry. */
export function readReports(ingest: IngestServer): { ours: Losses; sentrys: Losses } {
  const reports: { ours: Losses; sentrys: Losses } = { ours: {}, sentrys: {} };
  for (const { envelope } of ingest.requests)
    for (const { discarded } of envelope?.clientReports ?? [])
      for (const { reason, category, quantity } of discarded) {
        const losses = envelope?.headers["sdk"] ? reports.ours : reports.sentrys;
        const key = `${reason} ${category}`;
        losses[key] = (losses[key] ?? 0) + quantity;
      }
  return reports;
}

/** Quantities by `<reason> <category>`. */
export type Losses = Record<string, number>;

/** How often each value of the attribute `i` arrived; all of them once when nothing is lost or doubled. */
export function countNumbers(metrics: readonly ReadMetric[]): {
  distinct: number;
  twice: number;
} {
  const numbers = metrics.map(({ attributes }) => Number(attributes["i"]));
  const distinct = new Set(numbers).size;
  return { distinct, twice: numbers.length - distinct };
}

/** The types of all items that arrived. */
export const typesOf = (ingest: IngestServer): unknown[] =>
  ingest.requests.flatMap(({ envelope }) =>
    (envelope?.items ?? []).map(({ header }) => header.type),
  );
