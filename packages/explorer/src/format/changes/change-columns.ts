import type { Change, Changes, EventChange } from "../../model/changes.js";
import type { Column } from "../table/column.js";
import { bar } from "../text/bar.js";
import { formatNumber } from "../text/number.js";
import { safeText } from "../text/safe-text.js";
import { partText } from "./change-sentences.js";
import { measureText, probabilityText, shareText, valueText } from "./value-text.js";

const BAR_WIDTH = 12;

/** How columns are written. */
interface ColumnOptions {
  /** Whether shares are drawn as bars. */
  readonly isTerminal: boolean;
  /** Formats the id of a trace. */
  readonly idText: (id: string) => string;
}

/** The columns of the values that stand out. */
export function changeColumns(
  { metric, measure }: Changes,
  options: ColumnOptions,
): Column<Change>[] {
  const alike = ({ also = [] }: Change): string =>
    also.length > 0 ? `, also ${also.map(valueText).join(", ")}` : "";
  const value: Column<Change> = {
    title: "value",
    cell: (change) => valueText(change) + alike(change),
    canCut: true,
  };
  const shares: Column<Change>[] =
    measure === undefined
      ? shareColumns(options, "beside")
      : [
          { title: "part", cell: partText, align: "right" },
          ...bars<Change>(options, ({ effect }) => effect?.contribution ?? 0),
          {
            title: "before",
            cell: ({ effect }) => measureText(effect?.outside ?? 0, measure, metric),
            align: "right",
          },
          {
            title: "in it",
            cell: ({ effect }) => measureText(effect?.inside ?? 0, measure, metric),
            align: "right",
          },
        ];
  return [
    value,
    ...shares,
    ...evidenceColumns<Change>(options, ({ items }) => formatNumber(items.inside), "items"),
  ];
}

/** The columns of the spans, errors and logs that stand out. */
export function eventColumns({ compared }: Changes, options: ColumnOptions): Column<EventChange>[] {
  const outside = compared === "before" ? "before" : "beside";
  return [
    { title: "kind", cell: ({ kind }) => kind },
    {
      title: "name",
      cell: ({ op, name }) => safeText([op, name].filter(Boolean).join(" ")),
      canCut: true,
    },
    ...shareColumns<EventChange>(options, outside),
    ...evidenceColumns<EventChange>(options, ({ traces }) => formatNumber(traces.inside), "traces"),
  ];
}

interface Shares {
  inside: number;
  outside: number;
}

function shareColumns<T extends Shares>(options: ColumnOptions, outside: string): Column<T>[] {
  return [
    { title: "selected", cell: (row) => shareText(row.inside), align: "right" },
    ...bars<T>(options, (row) => row.inside),
    { title: outside, cell: (row) => shareText(row.outside), align: "right" },
    ...bars<T>(options, (row) => row.outside),
  ];
}

const bars = <T>({ isTerminal }: ColumnOptions, shareOf: (row: T) => number): Column<T>[] =>
  isTerminal ? [{ title: "", cell: (row) => bar(shareOf(row), BAR_WIDTH), dropOrder: 4 }] : [];

function evidenceColumns<T extends { p: number; traceIds: string[] }>(
  { idText }: ColumnOptions,
  count: (row: T) => string,
  title: string,
): Column<T>[] {
  return [
    { title: "p", cell: ({ p }) => probabilityText(p), align: "right", dropOrder: 3 },
    { title, cell: count, align: "right", dropOrder: 2 },
    {
      title: "trace",
      cell: ({ traceIds: [id] }) => (id === undefined ? "-" : idText(id)),
      dropOrder: 1,
    },
  ];
}
