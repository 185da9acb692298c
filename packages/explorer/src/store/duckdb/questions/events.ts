import type { StoreQuestions } from "../../store.js";
import { addTimeRange, createConditions } from "./conditions.js";
import { addFilters } from "./filter-sql.js";
import { storedItemOf } from "./item-record.js";
import type { Select } from "./select.js";

const KINDS = {
  error: ["error"],
  log: ["log"],
  span: ["span", "transaction"],
} as const;

/** Creates the function that answers an `EventQuestion`. The details of errors may be large, and are left out. */
export const createEvents = (select: Select): StoreQuestions["events"] =>
  async function events({ kinds, filters, part, range, after, limit }) {
    const conditions = createConditions();
    const { add, parameter } = conditions;
    add(
      `kind IN (${kinds.flatMap((each) => KINDS[each].map((kind) => parameter(kind))).join(", ")})`,
    );
    if (part !== "") add(`contains(lower(name), lower(${parameter(part)}))`);
    if (range !== undefined) addTimeRange(conditions, range);
    addFilters(conditions, filters);
    if (after !== undefined)
      add(`(timeNs, seq) < (${parameter(after.key)}, ${parameter(after.seq)})`);
    const records = await select(
      `SELECT * REPLACE (NULL AS detail) FROM items ${conditions.sql()} ORDER BY timeNs DESC, seq DESC LIMIT ${limit}`,
      conditions.values,
    );
    return records.map(storedItemOf);
  };
