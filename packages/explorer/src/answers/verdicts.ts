import type { Store } from "../store/store.js";
import { itemOfRecord, type Item } from "../model/item.js";

export interface VerdictCount {
  kind: string;
  verdict: string;
  /** Of the note, for example `invalid_value`. */
  code: string;
  count: number;
}

export interface Verdicts {
  counts: VerdictCount[];
  /** The newest items about which there is something to say. */
  recent: Item[];
}

const RECENT = 100;

/** What Relay's rules had to say about what came. */
export async function verdicts(store: Store): Promise<Verdicts> {
  const [counts, recent] = await Promise.all([
    store.select<VerdictCount>(
      `SELECT kind, verdict, note ->> '$.code' AS code, count(*)::INTEGER AS count
       FROM (SELECT kind, verdict, unnest(notes::JSON[]) AS note FROM items WHERE notes <> '[]')
       GROUP BY ALL ORDER BY count DESC, kind, verdict, code LIMIT 1000`,
    ),
    store.select(`SELECT * FROM items WHERE notes <> '[]' ORDER BY seq DESC LIMIT ${RECENT}`),
  ]);
  return { counts, recent: recent.map(itemOfRecord) };
}
