/** A key of the page. The one table from which the handler, the help and its test are made. */
export interface Key {
  /** A character, a name of `KeyboardEvent.key`, or two of them with a space between. */
  readonly keys: string;
  readonly does: string;
  readonly run: () => void;
}

const layers: (readonly Key[])[] = [];
let first: { readonly key: string; readonly at: number } | undefined;
/** The second of two keys is waited for this long, in milliseconds. */
const SEQUENCE_MS = 1_500;

/** Adds keys, until the returned function is called. Of equal keys the newest are used. */
export function addKeys(keys: readonly Key[]): () => void {
  layers.push(keys);
  return () => void layers.splice(layers.indexOf(keys), 1);
}

/** Returns all keys that do something now, each once. */
export function allKeys(): readonly Key[] {
  const found = new Map<string, Key>();
  for (const key of layers.flat()) found.set(key.keys, key);
  return [...found.values()];
}

/** Handles the keys, but not while a person types. */
export function followKeys(isOn: () => boolean): void {
  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Shift" || isTyping(event.target)) return;
    // What lies over the page is closed by Escape, and nothing happens behind it.
    if (document.querySelector("dialog:modal, :popover-open")) return;
    const before = first && performance.now() - first.at < SEQUENCE_MS ? `${first.key} ` : "";
    const keys = allKeys();
    const found =
      keys.find((each) => each.keys === before + event.key) ??
      keys.find((each) => each.keys === event.key);
    first = keys.some((each) => each.keys.startsWith(`${event.key} `))
      ? { key: event.key, at: performance.now() }
      : undefined;
    if (!found || isOwnKey(event)) return;
    event.preventDefault();
    first = undefined;
    found.run();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")
  );
}

/** Buttons and links have these for themselves. */
function isOwnKey({ key, target }: KeyboardEvent): boolean {
  return (
    (key === "Enter" || key === " ") &&
    target instanceof HTMLElement &&
    target.matches("button, a, summary, [role=button], [role=option], [role=tab]")
  );
}
