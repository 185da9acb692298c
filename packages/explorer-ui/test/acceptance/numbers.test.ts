import type { SentMetric } from "@spanmeter/testing/numbers/definitions";
import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { shownColumns } from "./support/chart-tables.js";
import { differences, expectedColumns } from "./support/expected-columns.js";
import type { Shop } from "./support/shop-incident.js";

interface Case {
  readonly name: string;
  readonly agg: readonly string[];
  readonly by?: readonly string[];
  readonly top?: number;
  readonly interval: number;
  /** Filters of the address, and what they mean. */
  readonly where?: readonly string[];
  readonly matches?: (item: SentMetric) => boolean;
  /** Seconds after the first, and before the last request; what is cut off is compared with by `compare=previous`. */
  readonly from?: number;
  readonly to?: number;
  readonly isCompared?: boolean;
}

const DURATION = "payment.duration";
const CASES: readonly Case[] = [
  { name: "checkout.started", agg: ["sum"], interval: 60 },
  { name: "checkout.started", agg: ["per_second"], interval: 10, from: 3, to: 4 },
  { name: "checkout.started", agg: ["per_minute"], by: ["route"], interval: 30, from: 1 },
  {
    name: "checkout.started",
    agg: ["sum"],
    by: ["plan", "provider"],
    top: 3,
    interval: 60,
    from: 450,
    isCompared: true,
  },
  { name: "queue.depth", agg: ["avg", "min", "max"], interval: 15 },
  { name: "queue.depth", agg: ["last"], by: ["sentry.release"], interval: 60 },
  { name: DURATION, agg: ["p50", "p95"], interval: 10 },
  {
    name: DURATION,
    agg: ["p75", "p90", "p99"],
    by: ["provider"],
    top: 2,
    interval: 60,
    from: 7.25,
  },
  {
    name: DURATION,
    agg: ["sum", "count"],
    by: ["route", "plan", "provider"],
    top: 5,
    interval: 300,
    to: 11,
  },
  {
    name: DURATION,
    agg: ["sum"],
    interval: 60,
    where: ["provider=acme or provider=pay", "route!=/health"],
    matches: ({ attributes: { provider, route } }) =>
      /acme|pay/.test(provider!) && route !== "/health",
  },
  {
    name: DURATION,
    agg: ["max"],
    by: ["provider"],
    interval: 30,
    where: ["@value>=130 and plan=pro"],
    matches: ({ value, attributes }) => value >= 130 && attributes["plan"] === "pro",
  },
  {
    name: DURATION,
    agg: ["avg"],
    by: ["sentry.release"],
    interval: 20,
    from: 610,
    isCompared: true,
  },
];

function addressOf(
  { name, agg, by = [], where = [], ...one }: Case,
  range: { since: number; until: number },
): string {
  const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
  const search = new URLSearchParams({
    since: iso(range.since),
    until: iso(range.until),
    agg: agg.join(),
    interval: `${one.interval}s`,
    view: "line",
    ...(by.length > 0 && { by: by.join(), top: String(one.top ?? 8) }),
    ...(one.isCompared && { compare: "previous" }),
  });
  for (const filter of where) search.append("where", filter);
  return `/metrics/${name}?${search}`;
}

const rangeOf = ({ from = 0, to = 0 }: Case, shop: Shop) => ({
  since: shop.since + from,
  until: shop.until - to,
});

describe("the numbers of a chart", () => {
  test.for(CASES)(
    "equal those computed from what was sent: $agg of $name by $by",
    async (one, { context, shop }) => {
      const range = rangeOf(one, shop);
      const page = await context.newPage();
      await page.goto(shop.url + addressOf(one, range));
      const sent = shop.metrics.filter(({ name }) => name === one.name);
      const wanted = expectedColumns(sent, {
        ...range,
        type: sent[0]!.type,
        aggregations: one.agg,
        by: one.by ?? [],
        top: one.top ?? 8,
        interval: one.interval,
        where: one.matches ?? (() => true),
        ...(one.isCompared && { back: range.until - range.since }),
      });
      expect(differences(await shownColumns(page), wanted)).toEqual([]);
    },
  );
});
