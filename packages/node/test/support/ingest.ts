import { startIngest } from "@spanmeter/testing";
import type { IngestOptions, IngestServer } from "@spanmeter/testing";
import { onTestFinished } from "vitest";

/** An ingest server that ends with the test. */
export async function ingestForTest(options?: IngestOptions): Promise<IngestServer> {
  const ingest = await startIngest(options);
  onTestFinished(() => ingest.close());
  return ingest;
}
