import { isoTime } from "../../../model/iso-time.js";
import type { StoredItem } from "../../../model/received-item.js";
import type { KindCount, LossReport, Stats, VerdictCount } from "../../../model/stats.js";
import type { StoreQuestions } from "../../store.js";
import { storedItemOf } from "./item-record.js";
import type { Select } from "./select.js";

/** Creates the functions that answer questions about the contents of the store. */
export function createStatsQuestions(
  select: Select,
): Pick<StoreQuestions, "countNotes" | "itemsWithNotes" | "stats"> {
  function countNotes(limit: number): Promise<VerdictCount[]> {
    return select(
      `SELECT kind, verdict, note ->> '$.code' AS code, count(*)::INTEGER AS count
       FROM (SELECT kind, verdict, unnest(notes::JSON[]) AS note FROM items WHERE notes <> '[]')
       GROUP BY ALL ORDER BY count DESC, kind, verdict, code LIMIT ${limit}`,
    );
  }

  async function itemsWithNotes(limit: number): Promise<StoredItem[]> {
    const records = await select(
      `SELECT * FROM items WHERE notes <> '[]' ORDER BY seq DESC LIMIT ${limit}`,
    );
    return records.map(storedItemOf);
  }

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

  return { countNotes, itemsWithNotes, stats };
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
