import type { Store } from "../store/store.js";
import { isoTime } from "../model/iso-time.js";

export interface KindCount {
  kind: string;
  verdict: string;
  count: number;
}

export interface LossReport {
  sdk: string | null;
  reason: string;
  category: string;
  quantity: number;
  /** When it was last reported, RFC 3339. */
  lastSeen: string;
}

export interface Stats {
  /** Rows in the store. */
  rows: number;
  /** Rows since the file was made, those that have left included. */
  received: number;
  kinds: KindCount[];
  /** What SDKs said in client reports that they lost. */
  lostBySdks: LossReport[];
  /** Item types that are only counted. */
  otherItems: { type: string; count: number }[];
}

export async function stats(store: Store): Promise<Stats> {
  const [[totals], kinds, lostBySdks, otherItems] = await Promise.all([
    store.select<Pick<Stats, "rows" | "received">>(
      "SELECT count(*)::DOUBLE AS rows, coalesce(max(seq), 0)::DOUBLE AS received FROM items",
    ),
    store.select<KindCount>(
      "SELECT kind, verdict, count(*)::DOUBLE AS count FROM items GROUP BY ALL ORDER BY ALL",
    ),
    store.select<Omit<LossReport, "lastSeen"> & { lastNs: bigint }>(
      `SELECT sdk, name AS reason, type AS category, sum(value) AS quantity, max(receivedNs) AS lastNs
       FROM items WHERE kind = 'report' GROUP BY ALL ORDER BY quantity DESC LIMIT 1000`,
    ),
    store.select<{ type: string; count: number }>(
      `SELECT name AS type, sum(value) AS count FROM items
       WHERE kind = 'other' GROUP BY ALL ORDER BY count DESC LIMIT 1000`,
    ),
  ]);
  return {
    rows: totals?.rows ?? 0,
    received: totals?.received ?? 0,
    kinds,
    lostBySdks: lostBySdks.map(({ lastNs, ...loss }) => ({ ...loss, lastSeen: isoTime(lastNs) })),
    otherItems,
  };
}
