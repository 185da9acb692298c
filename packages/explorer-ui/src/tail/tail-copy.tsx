import type { Item } from "@spanmeter/explorer/model/item";
import { apiPath } from "../api/ask.js";
import { commandOf } from "../copy/command.js";
import { CopyMenu } from "../copy/copy-menu.js";
import { csvOf, type Cell } from "../copy/csv.js";
import { parameters } from "../url/address.js";
import { streamQuery } from "./tail-filter.js";

const HEAD =
  "time,kind,level,name,type,value,unit,duration_ms,verdict,notes,trace_id,span_id,attributes";

/** Writes items as a table, the newest first. */
export const itemsCsv = (items: readonly Item[]): string =>
  csvOf([HEAD.split(","), ...items.toReversed().map(rowOf)]);

const rowOf = (item: Item): Cell[] => [
  item.time,
  item.kind,
  item.level,
  item.name,
  item.type,
  item.value,
  item.unit,
  item.durationMs,
  item.verdict,
  item.notes.map(({ message }) => message).join("; "),
  item.traceId,
  item.spanId,
  JSON.stringify(item.attributes),
];

/** Copies the items of the list, or how else to follow them. */
export function TailCopy({ items }: { items: readonly Item[] }) {
  const { kind, q } = parameters.value;
  const query = streamQuery({ kind, q });
  return (
    <CopyMenu
      command={commandOf(["tail"], query)}
      path={apiPath(["stream"], query)}
      csv={() => itemsCsv(items)}
    />
  );
}
