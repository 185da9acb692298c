import { signal } from "@preact/signals";

/** The item that a person points at, on a chart or in the list of samples: it is marked in both. */
export const lit = signal<string | undefined>(undefined);

/** Whether charts are followed by a table of their numbers. */
export const isTableShown = signal(false);
