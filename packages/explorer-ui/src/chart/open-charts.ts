import { signal } from "@preact/signals";
import type { DrawnChart } from "./create-chart.js";

/** The charts on the page by their `id`. */
export const openCharts = new Map<string, DrawnChart>();

/** The charts whose table is shown, by their `id`. */
export const openTables = signal<ReadonlySet<string>>(new Set());

/** Notes that the table of a chart is shown, until the returned function is called. */
export function addTable(id: string): () => void {
  openTables.value = new Set([...openTables.peek(), id]);
  return () => {
    openTables.value = new Set([...openTables.peek()].filter((each) => each !== id));
  };
}

/** Returns the `id` of the element that holds the table of a chart. */
export const tableIdOf = (id: string): string => `${id}-table`;
