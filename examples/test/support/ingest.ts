import { onTestFinished } from "vitest";
import {
  startIngest,
  type IngestServer,
} from "../../../packages/testing/src/servers/ingest-server.js";
import type { EnvelopeRules } from "../../../packages/testing/src/readers/envelope-rules.js";

/** Starts an ingest server that closes at the end of the test. */
export async function openIngest(rules: EnvelopeRules = {}): Promise<IngestServer> {
  const ingest = await startIngest({ rules });
  onTestFinished(() => ingest.close());
  return ingest;
}
