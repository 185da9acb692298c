import type { Changes } from "../../model/changes.js";
import { countSides, isTooLittle, withoutValue } from "./chosen-items.js";
import type { ComparedColumns } from "./compared-items.js";
import { compareShares, type ComparisonTools } from "./compare-shares.js";
import { nameValues, presentChange } from "./name-values.js";
import type { ValueTable } from "./value-table.js";

const MOST_CHANGES = 5;

/** The part of an answer that rests on the values of attributes. */
export type ComparedValues = Pick<
  Changes,
  "outcome" | "changes" | "permutations" | "restAfterFirst" | "measure" | "checked" | "skipped"
>;

/** Compares the values of a selection with those of the other items of the same time. */
export async function compareSelection(
  columns: ComparedColumns,
  table: ValueTable,
  tools: ComparisonTools,
): Promise<ComparedValues> {
  const all = Int32Array.from(columns.seqs, (_, item) => item);
  const checked = { keys: table.keys, values: table.values.length };
  const { found, permutations } = await compareShares(columns, table, all, tools);
  const lines = await nameValues(columns, table, all, { found, slices: tools.slices });
  const answer: ComparedValues = {
    outcome: lines.length > 0 ? "changed" : "nothing",
    changes: [],
    permutations,
    checked,
    skipped: [...table.skipped],
  };
  for (const line of lines.slice(0, MOST_CHANGES)) {
    await tools.slices.rest();
    answer.changes.push(presentChange(columns, table, all, line));
  }
  const [first] = lines;
  if (first === undefined) return answer;
  const rest = withoutValue(table, all, first.first.value);
  await tools.slices.rest();
  return { ...answer, restAfterFirst: await compareRest(columns, table, rest, tools) };
}

async function compareRest(
  columns: ComparedColumns,
  table: ValueTable,
  rest: Int32Array,
  tools: ComparisonTools,
): Promise<Changes["restAfterFirst"] & object> {
  const sides = countSides(columns, rest);
  if (isTooLittle(sides)) return { outcome: "too-little", items: sides.items, p: 1 };
  const { found, p } = await compareShares(columns, table, rest, tools);
  return { outcome: found.length > 0 ? "changed" : "nothing", items: sides.items, p };
}
