import type { Shop } from "./shop-incident.js";

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Addresses that together show every screen, tab, drawing and the drawer. */
export function screensOf({ metrics, incidentAt, until }: Shop): Readonly<Record<string, string>> {
  const slow = metrics.findLast(({ name, value }) => name === "payment.duration" && value > 600)!;
  const trace = `trace=${slow.traceId}&span=${slow.spanId}`;
  const payment = "/metrics/payment.duration?since=15m";
  return {
    home: "/",
    explore: payment,
    "groups, compared, drawer": `${payment}&by=provider&compare=previous&${trace}`,
    "areas, samples": "/metrics/queue.depth?since=15m&view=area&tab=samples",
    "bars, lint": "/metrics/checkout.started?since=15m&view=bar&by=plan&tab=lint",
    "heatmap, cost": `${payment}&view=heat&tab=cost`,
    "what changed": `${payment}&tab=changes&box=${iso(incidentAt)}..${iso(until)},600..1000`,
    traces: "/traces?since=15m",
    trace: `/traces/${slow.traceId}`,
    live: "/live",
    lint: "/lint",
    cost: "/cost?since=15m",
  };
}
