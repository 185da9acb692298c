import { startIngest } from "@spanmeter/testing";
import type { IngestOptions, IngestServer } from "@spanmeter/testing";
import { onTestFinished } from "vitest";

/** Starts an ingest server that stops with the test. */
export async function ingestForTest(options?: IngestOptions): Promise<IngestServer> {
  const ingest = await startIngest(options);
  onTestFinished(() => ingest.close());
  return ingest;
}

/** The attribute `number` of every accepted metric, in numeric order. */
export const numbersOf = ({ metrics }: IngestServer): number[] =>
  metrics.map(({ attributes }) => Number(attributes["number"])).sort((a, b) => a - b);

/** The numbers from 0 up to, not including, `count`. */
export const numbersUpTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
