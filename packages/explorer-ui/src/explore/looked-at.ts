import { signal } from "@preact/signals";
import type { ChartDot } from "../chart/chart-model.js";

/** The item that a person points at, on a chart or in the list of samples: it is marked in both. */
export const lit = signal<string | undefined>(undefined);

/** Whether charts are followed by a table of their numbers. */
export const isTableShown = signal(false);

/** The items on the first chart, the greatest first: keys go from one to the next. */
export const dots = signal<readonly ChartDot[]>([]);

/** The command that prints the numbers of the first chart. */
export const command = signal("");
