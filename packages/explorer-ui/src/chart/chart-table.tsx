import { useLayoutEffect, useState } from "preact/hooks";
import type { ChartModel } from "./chart-model.js";
import { addTable, tableIdOf } from "./open-charts.js";
import { readTime } from "./readout.js";
import { tableColumnsOf, type TableColumn } from "./table-columns.js";

const PAGE = 25;

interface ChartTableProps {
  readonly model: ChartModel;
  /** The `id` of the chart: a screen reader finds the table from there. */
  readonly id?: string;
}

/** The numbers of a chart as a table, the newest bucket first. */
export function ChartTable({ model, id }: ChartTableProps) {
  const [page, setPage] = useState(0);
  useLayoutEffect(() => (id === undefined ? undefined : addTable(id)), [id]);
  const count = model.times.length;
  const pages = Math.max(1, Math.ceil(count / PAGE));
  const shown = Math.min(page, pages - 1);
  const buckets = Array.from(
    { length: Math.min(PAGE, count - shown * PAGE) },
    (_, place) => count - 1 - shown * PAGE - place,
  );
  return (
    <section class="chart-table" id={id === undefined ? undefined : tableIdOf(id)}>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Table: ${model.caption}`}>
        <Numbers model={model} buckets={buckets} />
      </div>
      {pages > 1 && (
        <div class="row">
          <button type="button" disabled={shown === 0} onClick={() => setPage(shown - 1)}>
            Newer
          </button>
          <span role="status">
            Page {shown + 1} of {pages}
          </span>
          <button type="button" disabled={shown === pages - 1} onClick={() => setPage(shown + 1)}>
            Older
          </button>
        </div>
      )}
    </section>
  );
}

interface NumbersProps {
  readonly model: ChartModel;
  readonly buckets: readonly number[];
}

function Numbers({ model, buckets }: NumbersProps) {
  const columns = tableColumnsOf(model);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Time</th>
          {columns.map((column) => (
            <th key={keyOf(column)} scope="col" class="number" data-line={column.key}>
              <span class="name" title={column.label}>
                {column.label}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket) => (
          <tr key={model.times[bucket]} data-time={model.times[bucket]}>
            <th scope="row">{readTime(model, bucket)}</th>
            {columns.map((column) => (
              <td
                key={keyOf(column)}
                class="number"
                data-line={column.key}
                data-earlier={column.isEarlier ? "" : undefined}
                data-value={column.numberAt(bucket) ?? ""}
              >
                {column.textAt(bucket)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const keyOf = ({ key, isEarlier }: TableColumn): string =>
  `${isEarlier ? "earlier" : "line"} ${key}`;
