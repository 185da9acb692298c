/** The metrics that the shop sends, and the main attribute of each. */
export const EXPECTED = {
  "checkout.started": "fuzzy_check",
  "checkout.failed": "reason",
  "payment.declined": "brand",
  "refund.issued": "reason",
  "email.sent": "template",
  "email.failed": "smtp_code",
  "job.processed": "outcome",
  "job.retried": "attempt",
  "search.zero_results": undefined,
  "feature.enabled": "flag",
  "queue.depth": undefined,
  "pool.in_use": undefined,
  "cache.hit_rate": undefined,
  "memory.usage": "kind",
  "cart.amount_usd": undefined,
  "file.size_bytes": undefined,
  "query.duration_ms": "query",
  "api.request": "side",
};

/** Metrics of timers, not of visitors: they have the fallback trace of the process, without spans. */
export const OUTSIDE_REQUESTS = new Set(["memory.usage", "cache.hit_rate"]);
