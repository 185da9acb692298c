import { isoTime } from "../../../model/iso-time.js";
import type { KindCount, LossReport, Stats } from "../../../model/stats.js";
import type { StoreQuestions } from "../../store.js";
import type { Select } from "./select.js";

/** Creates the functions that answer questions about the contents of the store. */
export function createStatsQuestions(select: Select): Pick<StoreQuestions, "stats"> {
  async function stats(): Promise<Stats> {
    const [totals, kinds, lostBySdks, otherItems] = await Promise.all([
      countItems(select),
      select<KindCount>(
        "SELECT kind, verdict, count(*)::DOUBLE AS count FROM items GROUP BY ALL ORDER BY ALL",
      ),
      listLosses(select),
      select<{ type: string; count: number }>(
        `SELECT name AS type, sum(value) AS count FROM items
         WHERE kind = 'other' GROUP BY ALL ORDER BY count DESC LIMIT 1000`,
      ),
    ]);
    return { ...totals, kinds, lostBySdks, otherItems };
  }

  return { stats };
}

async function countItems(select: Select): Promise<Pick<Stats, "rows" | "received">> {
  const [totals] = await select<Pick<Stats, "rows" | "received">>(
    "SELECT count(*)::DOUBLE AS rows, coalesce(max(seq), 0)::DOUBLE AS received FROM items",
  );
  return totals ?? { rows: 0, received: 0 };
}

async function listLosses(select: Select): Promise<LossReport[]> {
  const losses = await select<Omit<LossReport, "lastSeen"> & { lastNs: bigint }>(
    `SELECT sdk, name AS reason, type AS category, sum(value) AS quantity, max(receivedNs) AS lastNs
     FROM items WHERE kind = 'report' GROUP BY ALL ORDER BY quantity DESC LIMIT 1000`,
  );
  return losses.map(({ lastNs, ...loss }) => ({ ...loss, lastSeen: isoTime(lastNs) }));
}
