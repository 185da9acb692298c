import type { NoteCode } from "../model/note-code.js";
import type { Note, Verdict } from "../model/received-item.js";

/** The part of an item that a note is about: as it was sent, and as Sentry stores it. */
export interface FieldChange {
  /** Name of the part, for example `unit`. */
  field: string;
  /** The part as it was sent; `undefined` when it was missing. */
  before: string | undefined;
  /** The part as Sentry stores it; absent when Sentry does not store it. */
  after?: string;
}

/** Collects the notes about one item. The most severe one decides the verdict. */
export interface Validation {
  /** Adds a note that does not change the verdict. */
  note(code: NoteCode, message: string, change?: FieldChange): void;
  /** Adds a note, and changes the verdict `accepted` to `changed`. */
  changed(code: NoteCode, message: string, change?: FieldChange): void;
  /** Adds a note, and changes the verdict to `dropped`. */
  dropped(code: NoteCode, message: string, change?: FieldChange): void;
  /** Returns the verdict on the item. */
  verdict(): Verdict;
  /** The notes, in order. */
  readonly notes: readonly Note[];
}

const NO_NOTES: readonly Note[] = [];

/** Creates a validation without notes, whose verdict is `accepted`. */
export function createValidation(): Validation {
  let notes = NO_NOTES;
  let verdict: Verdict = "accepted";
  const addNote = (code: NoteCode, message: string, change?: FieldChange): void => {
    notes = [...notes, { code, message, ...(change && shortened(change)) }];
  };
  return {
    note: addNote,
    changed(code, message, change) {
      addNote(code, message, change);
      if (verdict === "accepted") verdict = "changed";
    },
    dropped(code, message, change) {
      addNote(code, message, change);
      verdict = "dropped";
    },
    verdict: () => verdict,
    get notes() {
      return notes;
    },
  };
}

/** Longer parts are cut: a note is stored with every item that it is about. */
const MAX_PART = 200;

const shorten = (text: string): string =>
  text.length > MAX_PART ? `${text.slice(0, MAX_PART)}…` : text;

function shortened({ field, before, after }: FieldChange): Omit<Note, "code" | "message"> {
  return {
    field,
    ...(before !== undefined && { before: shorten(before) }),
    ...(after !== undefined && { after: shorten(after) }),
  };
}
