import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHttpRig } from "@spanmeter/testing";
import type { Arrival, TransportRig } from "@spanmeter/testing";
import {
  describeHttpTransport,
  describeTransport,
} from "@spanmeter/testing/suites/transport-contract";
import { fetchTransport } from "../../src/transport/http/fetch-transport.js";
import { fileTransport } from "../../src/transport/local/file-transport.js";
import { httpTransport } from "../../src/transport/http/http-transport.js";

describeHttpTransport("httpTransport", () => createHttpRig(httpTransport));
describeHttpTransport("fetchTransport in node", () => createHttpRig(fetchTransport));
describeTransport("fileTransport", createFileRig);

interface Line {
  headers: object;
  items: { headers: object; payload?: unknown; base64?: string }[];
}

/** Reads the lines back into envelopes, as their documented format allows. */
async function createFileRig(): Promise<TransportRig> {
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-"));
  const path = join(folder, "envelopes.ndjson");
  const arrivals = async (): Promise<Arrival[]> =>
    (await readFile(path, "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => ({ headers: {}, body: asEnvelope(JSON.parse(line) as Line) }));
  return {
    create: (options) => fileTransport(path)({ url: "", recordDroppedEvent: () => {}, ...options }),
    arrivals,
    close: () => rm(folder, { recursive: true }),
  };
}

function asEnvelope({ headers, items }: Line): Uint8Array {
  const parts = items.flatMap(({ headers: itemHeaders, payload, base64 }) => [
    Buffer.from(`\n${JSON.stringify(itemHeaders)}\n`),
    base64 === undefined ? Buffer.from(JSON.stringify(payload)) : Buffer.from(base64, "base64"),
  ]);
  return Buffer.concat([Buffer.from(JSON.stringify(headers)), ...parts]);
}
