import type { HeatChart } from "./chart-model.js";

type Cell = HeatChart["cells"][number];
/** A gap between rows that is wider than so many rows is drawn as one of so many. */
const GAP = 6;

interface PlacedRow {
  readonly low: number;
  readonly high: number;
  /** Lower edge; a row is 1 high. */
  readonly at: number;
}

/** The rows of a heat map on an axis: each is as high as the others, and rows without items are left free. */
export interface HeatRows {
  readonly rows: readonly PlacedRow[];
  /** Height of all rows and gaps. */
  readonly size: number;
  readonly cells: ReadonlyMap<number, readonly Cell[]>;
  /** The least and the greatest count of a cell. */
  readonly counts: { readonly least: number; readonly greatest: number };
}

/** Places the rows of a heat map on an axis. */
export function heatRowsOf(model: HeatChart): HeatRows {
  const rows: PlacedRow[] = [];
  for (const { from, to } of model.rows) {
    const low = Math.min(from, to);
    const high = Math.max(from, to);
    const below = rows.at(-1);
    rows.push({ low, high, at: below ? below.at + 1 + gapBetween(below, low) : 0 });
  }
  const cells = new Map<number, Cell[]>();
  let [least, greatest] = [Infinity, 1];
  for (const cell of model.cells) {
    const found = cells.get(cell.bucket);
    if (found) found.push(cell);
    else cells.set(cell.bucket, [cell]);
    least = Math.min(least, cell.count);
    greatest = Math.max(greatest, cell.count);
  }
  const counts = { least: Math.min(least, greatest), greatest };
  return { rows, size: (rows.at(-1)?.at ?? 0) + 1, cells, counts };
}

/** Rows that are missing between two, from the ratio of the bounds of one. */
function gapBetween({ low, high }: PlacedRow, next: number): number {
  if (next <= high) return 0;
  if (low === 0 || next === 0 || low < 0 !== next < 0) return 0.5;
  const ratio = Math.abs(Math.log(Math.abs(high / low)));
  const missing = Math.abs(Math.log(Math.abs(next / high))) / ratio;
  return Number.isFinite(missing) ? Math.min(GAP, Math.round(missing)) : 0.5;
}

/** Returns where a value is on the axis of a heat map; below 0 or above its size when no row is near. */
export function positionOf({ rows, size }: HeatRows, value: number): number {
  const place = rows.findLastIndex(({ low }) => value >= low);
  const row = rows[place];
  if (!row) return -1;
  if (value < row.high || row.high === row.low) {
    return value > row.high ? row.at + 1 : row.at + shareOf(row, value);
  }
  return place === rows.length - 1 && value > row.high ? size + 1 : row.at + 1;
}

/** Returns the value at a place of the axis. */
export function valueAt({ rows }: HeatRows, position: number): number {
  const place = Math.max(
    0,
    rows.findLastIndex(({ at }) => position >= at),
  );
  const row = rows[place];
  if (!row) return 0;
  const share = Math.min(1, Math.max(0, position - row.at));
  const { low, high } = row;
  if (low > 0) return low * (high / low) ** share;
  return high < 0 ? low * (high / low) ** share : low + (high - low) * share;
}

function shareOf({ low, high }: PlacedRow, value: number): number {
  if (low === high) return 0.5;
  const isOneSided = low > 0 || high < 0;
  return isOneSided ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** Returns how dark a count is drawn, from 0 to 1, on a logarithmic scale. */
export function shadeOf({ counts: { least, greatest } }: HeatRows, count: number): number {
  return greatest > least ? Math.log(count / least) / Math.log(greatest / least) : 1;
}
