/** The actions of the keys of the list. */
interface TailActions {
  /** Goes so many rows further. */
  readonly move: (by: number) => void;
  readonly open: () => void;
}

const PAGE_ROWS = 15;

/** Handles the keys of a list that has the focus. Letters are keys of the page. */
export function onTailKey(event: KeyboardEvent, { move, open }: TailActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const actions: Readonly<Record<string, (() => void) | undefined>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(PAGE_ROWS),
    PageUp: () => move(-PAGE_ROWS),
    Home: () => move(-Infinity),
    End: () => move(Infinity),
    Enter: event.target === event.currentTarget ? open : undefined,
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
