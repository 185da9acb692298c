import type { Note, Verdict } from "../model/received-item.js";

/** Collects what the rules say about one item; the gravest remark decides the verdict. */
export interface Validation {
  /** Worth knowing, changes nothing. */
  remark(code: string, message: string): void;
  changed(code: string, message: string): void;
  dropped(code: string, message: string): void;
  verdict(): Verdict;
  readonly notes: readonly Note[];
}

const NO_NOTES: readonly Note[] = [];

export function createValidation(): Validation {
  let notes = NO_NOTES;
  let verdict: Verdict = "accepted";
  const note = (code: string, message: string): void => {
    notes = [...notes, { code, message }];
  };
  return {
    remark: note,
    changed(code, message) {
      note(code, message);
      if (verdict === "accepted") verdict = "changed";
    },
    dropped(code, message) {
      note(code, message);
      verdict = "dropped";
    },
    verdict: () => verdict,
    get notes() {
      return notes;
    },
  };
}
