import { areKeysOn } from "../keys/are-keys-on.js";

/** The actions of the keys of a list of rows. */
export interface RowActions {
  /** Goes so many rows further. */
  readonly move: (by: number) => void;
  /** Opens the row. */
  readonly open: () => void;
  /** Collapses the row, or goes to the one around it. */
  readonly left?: () => void;
  /** Expands the row, or goes to the first one in it. */
  readonly right?: () => void;
}

const PAGE_ROWS = 15;

/** Handles a key that was pressed in a list of rows: letters only while keys are used at all. */
export function onRowKey(event: KeyboardEvent, { move, open, left, right }: RowActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const letters = { j: () => move(1), k: () => move(-1), o: open };
  const names = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(PAGE_ROWS),
    PageUp: () => move(-PAGE_ROWS),
    Home: () => move(-Infinity),
    End: () => move(Infinity),
    ArrowLeft: left,
    ArrowRight: right,
    Enter: event.target === event.currentTarget ? open : undefined,
  };
  const actions: Readonly<Record<string, (() => void) | undefined>> = areKeysOn.value
    ? { ...names, ...letters }
    : names;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
