import type { Note, Verdict } from "../model/received-item.js";

/** Collects the notes about one item. The most severe one decides the verdict. */
export interface Validation {
  /** Adds a note that does not change the verdict. */
  note(code: string, message: string): void;
  /** Adds a note, and changes the verdict `accepted` to `changed`. */
  changed(code: string, message: string): void;
  /** Adds a note, and changes the verdict to `dropped`. */
  dropped(code: string, message: string): void;
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
  const addNote = (code: string, message: string): void => {
    notes = [...notes, { code, message }];
  };
  return {
    note: addNote,
    changed(code, message) {
      addNote(code, message);
      if (verdict === "accepted") verdict = "changed";
    },
    dropped(code, message) {
      addNote(code, message);
      verdict = "dropped";
    },
    verdict: () => verdict,
    get notes() {
      return notes;
    },
  };
}
