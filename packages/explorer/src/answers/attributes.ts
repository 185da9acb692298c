import type { AttributeSummary } from "../model/metric.js";
import type { Store } from "../store/store.js";
import { unknownMetric } from "./metric-identity.js";

/** Items that are read for the list of attributes: reading the attributes of all of them would take seconds. */
const NEWEST = 10_000;

/** Returns the attributes of the newest 10 000 items of a metric, of every type and unit. */
export async function listAttributes(store: Store, name: string): Promise<AttributeSummary[]> {
  const attributes = await store.listAttributes(name, NEWEST);
  if (attributes.length > 0) return attributes;
  const known = await store.findMetrics(name);
  if (known.length === 0) throw await unknownMetric(store, name);
  return [];
}
