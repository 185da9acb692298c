import type { ChartLine } from "./chart-model.js";

const COLOURS = 6;
/** Further lines have the same six colours and these dashes, in CSS pixels. */
const DASHES: readonly (readonly number[])[] = [[], [9, 4], [9, 3, 2, 3], [4, 4], [14, 4, 4, 4]];
const SLOTS = COLOURS * DASHES.length;
/** Values whose colours are remembered; beyond it the oldest are forgotten. */
const REMEMBERED = 2_000;

/** How a line is drawn. */
export interface LineColour {
  /** The token that has the colour, for example `--series-1`. */
  readonly token: string;
  /** Lengths of dashes and gaps, in CSS pixels; empty for a solid line. */
  readonly dash: readonly number[];
}

/**
 * The slots that lines got first. A value that stepped aside for another keeps its colour after the other is filtered
 * away.
 */
const remembered = new Map<string, { readonly slot: number; readonly age: number }>();
let ages = 0;

/** Chooses a colour for each line by its key: the lines of one chart differ, and a key keeps its colour on the page. */
export function coloursOf(lines: readonly ChartLine[]): ReadonlyMap<string, LineColour> {
  const taken = new Set<number>();
  const colours = new Map<string, LineColour>();
  const named = lines.filter((line) => !line.isOthers);
  // The order of lines may change with every answer, and their colours must not: the oldest comes first.
  const known = named
    .filter(({ key }) => remembered.has(key))
    .toSorted((one, other) => ageOf(one.key) - ageOf(other.key));
  const unknown = named.filter(({ key }) => !remembered.has(key));
  for (const { key } of [...known, ...unknown]) {
    const slot = freeSlot(remembered.get(key)?.slot ?? hash(key) % COLOURS, taken);
    taken.add(slot);
    remember(key, slot);
    colours.set(key, {
      token: `--series-${(slot % COLOURS) + 1}`,
      dash: DASHES[Math.floor(slot / COLOURS)] ?? [],
    });
  }
  for (const { key, isOthers } of lines) {
    if (isOthers) colours.set(key, { token: "--others", dash: [] });
  }
  return colours;
}

const ageOf = (key: string): number => remembered.get(key)?.age ?? 0;

function freeSlot(wanted: number, taken: ReadonlySet<number>): number {
  for (let row = Math.floor(wanted / COLOURS); row < DASHES.length; row += 1) {
    for (let step = 0; step < COLOURS; step += 1) {
      const slot = row * COLOURS + ((wanted + step) % COLOURS);
      if (!taken.has(slot)) return slot;
    }
  }
  // More lines than slots repeat colours.
  return taken.size % SLOTS;
}

function remember(key: string, slot: number): void {
  if (remembered.has(key)) return;
  ages += 1;
  remembered.set(key, { slot, age: ages });
  const oldest = remembered.keys().next();
  if (remembered.size > REMEMBERED && !oldest.done) remembered.delete(oldest.value);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
