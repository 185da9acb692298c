import { onTestFinished } from "vitest";
import {
  startIngest,
  type IngestServer,
} from "../../../packages/testing/src/servers/ingest-server.js";
import type { EnvelopeRules } from "../../../packages/testing/src/readers/envelope-rules.js";

/** A real ingest server that ends with the test. */
export async function openIngest(rules: EnvelopeRules = {}): Promise<IngestServer> {
  const ingest = await startIngest({ rules });
  onTestFinished(() => ingest.close());
  return ingest;
}
