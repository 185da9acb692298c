import { itemOf } from "../model/item.js";
import type { Verdicts } from "../model/stats.js";
import type { Store } from "../store/store.js";

const MAX_COUNTS = 1_000;
const MAX_RECENT = 100;

/** Returns the remarks of Relay's rules about the received items: how often each occurs, and the newest items with one. */
export async function verdicts(store: Store): Promise<Verdicts> {
  const [counts, recent] = await Promise.all([
    store.countNotes(MAX_COUNTS),
    store.itemsWithNotes(MAX_RECENT),
  ]);
  return { counts, recent: recent.map(itemOf) };
}
