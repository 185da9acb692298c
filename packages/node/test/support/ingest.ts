import { startIngest } from "@spanmeter/testing";
import type { IngestOptions, IngestServer } from "@spanmeter/testing";
import { onTestFinished } from "vitest";

/** Starts an ingest server that stops with the test. */
export async function ingestForTest(options?: IngestOptions): Promise<IngestServer> {
  const ingest = await startIngest(options);
  onTestFinished(() => ingest.close());
  return ingest;
}
