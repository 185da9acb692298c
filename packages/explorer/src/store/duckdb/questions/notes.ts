import { isoTime } from "../../../model/iso-time.js";
import { parseJson } from "../../../model/json.js";
import type { FindingCount } from "../../../model/finding.js";
import type { Note } from "../../../model/received-item.js";
import type { VerdictQuestion } from "../../../questions/lists/verdict-question.js";
import type { StoreQuestions } from "../../store.js";
import { addTimeRange, createConditions, type Conditions } from "./conditions.js";
import { storedItemOf } from "./item-record.js";
import type { Select } from "./select.js";

/** Creates the functions that answer questions about notes. */
export const createNoteQuestions = (
  select: Select,
): Pick<StoreQuestions, "countNotes" | "itemsWithNotes"> => ({
  async countNotes(question) {
    const conditions = conditionsOf(question);
    const code =
      question.code === undefined ? "" : `WHERE code = ${conditions.parameter(question.code)}`;
    const records = await select<CountRecord>(
      `WITH noted AS (
         SELECT kind, name, verdict, timeNs, seq, unnest(notes::JSON[]) AS note FROM items ${conditions.sql()}
       ), coded AS (SELECT *, note ->> '$.code' AS code FROM noted)
       SELECT kind, name, verdict, code, count(*)::INTEGER AS count, max(timeNs) AS lastNs,
              arg_max(note, (timeNs, seq))::VARCHAR AS newest,
              (sum(count(*)) OVER ())::INTEGER AS noteTotal, (count(*) OVER ())::INTEGER AS countTotal
       FROM coded ${code} GROUP BY kind, name, verdict, code
       ORDER BY count DESC, kind, name, verdict, code LIMIT ${question.countLimit}`,
      conditions.values,
    );
    return {
      counts: records.map(countOf),
      total: { notes: records[0]?.noteTotal ?? 0, counts: records[0]?.countTotal ?? 0 },
    };
  },

  async itemsWithNotes(question) {
    const conditions = conditionsOf(question);
    const { add, parameter } = conditions;
    const { code, after, limit } = question;
    if (code !== undefined)
      add(`list_contains(json_extract_string(notes, '$[*].code'), ${parameter(code)})`);
    if (after !== undefined)
      add(`(timeNs, seq) < (${parameter(after.key)}, ${parameter(after.seq)})`);
    const records = await select(
      `SELECT * FROM items ${conditions.sql()} ORDER BY timeNs DESC, seq DESC LIMIT ${limit}`,
      conditions.values,
    );
    return records.map(storedItemOf);
  },
});

function conditionsOf({ metric, verdict, range }: VerdictQuestion): Conditions {
  const conditions = createConditions("notes <> '[]'");
  const { add, parameter } = conditions;
  if (metric !== undefined) add(`kind = 'metric' AND name = ${parameter(metric)}`);
  if (verdict !== undefined) add(`verdict = ${parameter(verdict)}`);
  if (range !== undefined) addTimeRange(conditions, range);
  return conditions;
}

type CountRecord = Pick<FindingCount, "kind" | "name" | "verdict" | "code" | "count"> & {
  readonly lastNs: bigint;
  readonly newest: string;
  readonly noteTotal: number;
  readonly countTotal: number;
};

function countOf({ kind, name, verdict, count, lastNs, newest }: CountRecord) {
  return { kind, name, verdict, count, lastSeen: isoTime(lastNs), ...(parseJson(newest) as Note) };
}
