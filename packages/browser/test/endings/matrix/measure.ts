import type { IngestServer } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { storedPieces, waitUntilIdle } from "../visit.js";
import type { Ending } from "./ending.js";

/** The fate of the counters of one ending. */
export interface Account {
  readonly recorded: number;
  /** Received from the ending page in requests. */
  readonly byRequest: number;
  /** Received from the ending page in beacons. */
  readonly byBeacon: number;
  /** Received after the end. */
  readonly later: number;
  readonly lost: number;
  /** The lost ones that client reports announced. */
  readonly announced: number;
  readonly twice: number;
}

/** Waits until every metric has arrived or was announced as lost. */
export async function settle(
  ingest: IngestServer,
  page: Page,
  recorded: number,
  loses: Ending["loses"],
): Promise<void> {
  if (loses === "unannounced") await sendWitness(page);
  else await ingest.waitFor(({ metrics }) => metrics.length + announcedIn(ingest) >= recorded);
  await waitUntilIdle(page);
  await expect.poll(() => storedPieces(page)).toEqual([]);
}

/** Sends a metric from a page that was opened later: it arrives after everything that was in flight. */
async function sendWitness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    Spanmeter.metrics.count("witness");
    await Spanmeter.flush();
  });
}

/** Counts how the metrics of one ending arrived. `overAt` is the time of the end. */
export function account(ingest: IngestServer, recorded: number, overAt: number): Account {
  const numbers = new Set<number>();
  const counts = { byRequest: 0, byBeacon: 0, later: 0, twice: 0 };
  for (const { headers, envelope, metrics } of accepted(ingest)) {
    const sentAt = Date.parse(String(envelope?.headers["sent_at"]));
    // A beacon is a no-cors request.
    const isBeacon = headers["sec-fetch-mode"] === "no-cors";
    const way = isBeacon ? "byBeacon" : sentAt < overAt ? "byRequest" : "later";
    for (const { name, attributes } of metrics) {
      if (name !== "visit") continue;
      const i = Number(attributes["i"]);
      counts[numbers.has(i) ? "twice" : way]++;
      numbers.add(i);
    }
  }
  const lost = recorded - numbers.size;
  return { recorded, ...counts, lost, announced: announcedIn(ingest) };
}

const announcedIn = ({ requests }: IngestServer): number =>
  requests
    .flatMap(({ envelope }) => envelope?.clientReports ?? [])
    .flatMap(({ discarded }) => discarded)
    .filter(({ category }) => category === "trace_metric")
    .reduce((sum, { quantity }) => sum + quantity, 0);

/** The requests whose metrics the server accepted. */
function accepted({ requests, metrics }: IngestServer): IngestServer["requests"] {
  const acceptedMetrics = new Set(metrics);
  return requests.filter((request) =>
    request.metrics.some((metric) => acceptedMetrics.has(metric)),
  );
}
