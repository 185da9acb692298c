import { formatCount } from "../format/number.js";
import { formatValue } from "../format/value.js";
import type { ChartModel } from "./chart-model.js";

/** A column of the table of a chart. */
export interface TableColumn {
  readonly key: string;
  readonly label: string;
  /** Whether it has the values of the earlier range. */
  readonly isEarlier: boolean;
  /** The exact number of a bucket; `null` where there is none. */
  readonly numberAt: (bucket: number) => number | null;
  readonly textAt: (bucket: number) => string;
}

/** Returns the columns of the table: the lines, each with its earlier values, or the rows of a heat map. */
export function tableColumnsOf(model: ChartModel): TableColumn[] {
  if (model.draw === "heat") return heatColumns(model);
  return model.lines.flatMap((line) => {
    const unit = line.unit ?? model.unit;
    const column = (values: readonly (number | null)[], isEarlier: boolean): TableColumn => ({
      key: line.key,
      label: isEarlier ? `${line.label}, ${model.earlierLabel ?? "before"}` : line.label,
      isEarlier,
      numberAt: (bucket) => values[bucket] ?? null,
      textAt: (bucket) => formatValue(values[bucket], unit),
    });
    const own = column(line.values, false);
    return line.earlier ? [own, column(line.earlier, true)] : [own];
  });
}

function heatColumns(model: Extract<ChartModel, { draw: "heat" }>): TableColumn[] {
  const counts = new Map<string, number>();
  for (const { bucket, row, count } of model.cells) counts.set(`${bucket} ${row}`, count);
  return model.rows.map(({ from, to }, row) => ({
    key: String(row),
    label: `${formatValue(Math.min(from, to), model.unit)} to ${formatValue(Math.max(from, to), model.unit)}`,
    isEarlier: false,
    numberAt: (bucket) => counts.get(`${bucket} ${row}`) ?? 0,
    textAt: (bucket) => formatCount(counts.get(`${bucket} ${row}`) ?? 0),
  }));
}
