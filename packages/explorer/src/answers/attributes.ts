import type { AttributeSummary, AttributeValues } from "../model/attribute-summary.js";
import {
  readAttributeQuestion,
  readAttributeValueQuestion,
  type AttributeOptions,
  type AttributeValueOptions,
} from "../questions/attribute-question.js";
import type { Store } from "../store/store.js";
import { requireAccepted } from "./metric-identity.js";

/** Returns the attributes of a metric, by key. A known metric without attributes has an empty answer. */
export async function listAttributes(
  store: Store,
  name: string,
  { options, nowNs }: { options: AttributeOptions; nowNs: bigint },
): Promise<AttributeSummary[]> {
  const attributes = await store.listAttributes(readAttributeQuestion(name, options, nowNs));
  if (attributes.length === 0) await requireAccepted(store, name);
  return attributes;
}

/** Returns values of one attribute of a metric, the most frequent first. */
export async function listAttributeValues(
  store: Store,
  attribute: { name: string; key: string },
  { options, nowNs }: { options: AttributeValueOptions; nowNs: bigint },
): Promise<AttributeValues> {
  const found = await store.attributeValues(readAttributeValueQuestion(attribute, options, nowNs));
  if (found.values.length === 0) await requireAccepted(store, attribute.name);
  return found;
}
