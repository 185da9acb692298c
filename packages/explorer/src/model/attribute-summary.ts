/** Kinds of attribute values. */
export const VALUE_KINDS = ["string", "number", "boolean", "list"] as const;

/** The kind of an attribute value. */
export type ValueKind = (typeof VALUE_KINDS)[number];

/** One value of an attribute. */
export interface ValueCount {
  /** The value as text. */
  value: string;
  /** Items that have it. */
  count: number;
}

/** Values of one attribute, the most frequent first. */
export interface AttributeValues {
  /** The values, at most as many as asked for. */
  values: ValueCount[];
  /** How many values there are. */
  total: number;
}

/** One attribute of a metric. */
export interface AttributeSummary {
  /** Key of the attribute. */
  key: string;
  /** Items that have the attribute. */
  items: number;
  /** Items that do not have it. */
  missing: number;
  /** Number of distinct values. */
  distinct: number;
  /** Items by the kind of their value. Kinds that do not occur are absent. */
  kinds: Partial<Record<ValueKind, number>>;
  /** The most frequent values, at most ten. */
  top: ValueCount[];
  /** The least, the middle and the greatest number; only for attributes with numbers. */
  numbers?: { min: number; p50: number; max: number };
  /** Bytes of the attribute in all items, as Sentry bills them. */
  bytes: number;
}
