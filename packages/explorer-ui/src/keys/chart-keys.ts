/** The steps of a walk through a chart by keys. */
export type ChartStep =
  | "earlier"
  | "later"
  | "first"
  | "last"
  | "previousLine"
  | "nextLine"
  | "markEarlier"
  | "markLater"
  | "open"
  | "clear";

/** A key that a chart handles while it has the focus. */
export interface ChartKey {
  /** A name of `KeyboardEvent.key`, with `Shift+` before it if Shift is held. */
  readonly keys: string;
  readonly does: string;
  readonly step: ChartStep;
}

/** The keys of a chart that has the focus: its handler and the help read this table. */
export const CHART_KEYS: readonly ChartKey[] = [
  { keys: "ArrowLeft", does: "Go to the bucket before", step: "earlier" },
  { keys: "ArrowRight", does: "Go to the next bucket", step: "later" },
  { keys: "Home", does: "Go to the first bucket", step: "first" },
  { keys: "End", does: "Go to the last bucket", step: "last" },
  { keys: "ArrowUp", does: "Go to the line before, or to the row above", step: "previousLine" },
  { keys: "ArrowDown", does: "Go to the next line, or to the row below", step: "nextLine" },
  { keys: "Shift+ArrowLeft", does: "Mark a strip, to the left", step: "markEarlier" },
  { keys: "Shift+ArrowRight", does: "Mark a strip, to the right", step: "markLater" },
  { keys: "Enter", does: "Open the nearest sample", step: "open" },
  { keys: "Escape", does: "Clear the selection", step: "clear" },
];
