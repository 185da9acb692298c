/** The metrics that the shop is expected to send, and the attribute that tells most about each. */
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

/** Told by timers, not by visitors: their trace is the process's own and has no spans. */
export const OUTSIDE_REQUESTS = new Set(["memory.usage", "cache.hit_rate"]);
