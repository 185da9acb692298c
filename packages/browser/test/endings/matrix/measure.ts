import type { IngestServer } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { idle, shelf } from "../visit.js";
import type { Ending } from "./ending.js";

/** Where the counters of one ending went. */
export interface Account {
  readonly recorded: number;
  /** Received from the page that ends, in requests and in beacons. */
  readonly byRequest: number;
  readonly byBeacon: number;
  /** Received once that was over. */
  readonly later: number;
  readonly lost: number;
  /** Of those, what client reports told. */
  readonly announced: number;
  readonly twice: number;
}

/** Waits until all that can arrive has arrived. */
export async function settle(
  ingest: IngestServer,
  page: Page,
  recorded: number,
  loses: Ending["loses"],
): Promise<void> {
  if (loses === "unannounced") await witness(page);
  else await ingest.waitFor(({ metrics }) => metrics.length + announcedIn(ingest) >= recorded);
  await idle(page);
  await expect.poll(() => shelf(page)).toEqual([]);
}

/** What was under way arrives before what is recorded on another page, that was opened later. */
async function witness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    Spanmeter.metrics.count("witness");
    await Spanmeter.flush();
  });
}

export function account(ingest: IngestServer, recorded: number, overAt: number): Account {
  const numbers = new Set<number>();
  const counts = { byRequest: 0, byBeacon: 0, later: 0, twice: 0 };
  for (const { headers, envelope, metrics } of accepted(ingest)) {
    const sentAt = Date.parse(String(envelope?.headers["sent_at"]));
    // A beacon asks for no permission to read the answer.
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

/** The requests whose metrics the server took. */
function accepted({ requests, metrics }: IngestServer): IngestServer["requests"] {
  const taken = new Set(metrics);
  return requests.filter((request) => request.metrics.some((metric) => taken.has(metric)));
}
