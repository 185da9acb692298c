import type { Random } from "./random.js";
import type { Shop } from "./shop-incident.js";

const AGGREGATIONS = {
  "payment.duration": [
    "p50",
    "p75",
    "p90",
    "p95",
    "p99",
    "avg",
    "sum",
    "min",
    "max",
    "count",
    "per_second",
  ],
  "checkout.started": ["sum", "per_second", "per_minute"],
  "queue.depth": ["avg", "min", "max", "last", "per_second"],
} as const;
const NAMES = Object.keys(AGGREGATIONS) as (keyof typeof AGGREGATIONS)[];
const FILTERS = [
  "provider=acme",
  "route!=/health",
  "plan=pro or route=/cart",
  "provider=acme or provider=pay",
  "@value>1",
];
const KEYS = ["provider", "route", "plan", "sentry.release"];

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
const some = <T>(random: Random, choices: readonly T[], most: number): T[] =>
  choices.filter(() => random.next() < 0.4).slice(0, most);

/** A random address of the screen of a metric, with absolute times, so that its numbers stay. */
export function randomAddress(random: Random, { since, until }: Shop): string {
  const name = random.pick(NAMES);
  const search = panelOf(random, name);
  search.set("since", iso(since + Math.floor(random.between(0, 300)) + random.pick([0, 0.25])));
  search.set("until", iso(until - Math.floor(random.between(0, 300))));
  for (const filter of some(random, FILTERS, 2)) search.append("where", filter);
  if (random.next() < 0.3) {
    const other = random.pick(NAMES);
    search.append("m", `${other}?${panelOf(random, other)}`);
    if (random.next() < 0.5) search.append("eq", "b / a");
  }
  return `/metrics/${name}?${search}`;
}

function panelOf(random: Random, name: keyof typeof AGGREGATIONS): URLSearchParams {
  const search = new URLSearchParams();
  const aggregations = some(random, AGGREGATIONS[name], 2);
  const by = some(random, KEYS, 3);
  if (aggregations.length > 0) search.set("agg", aggregations.join());
  if (by.length > 0) search.set("by", by.join());
  if (random.next() < 0.5) search.set("top", random.pick(["2", "3", "20"]));
  if (random.next() < 0.5) search.set("interval", random.pick(["10s", "1m", "5m"]));
  if (random.next() < 0.4) search.set("compare", random.pick(["previous", "1h"]));
  if (random.next() < 0.6) search.set("view", random.pick(["area", "bar", "line"]));
  if (random.next() < 0.2) search.set("y", "log");
  return search;
}
