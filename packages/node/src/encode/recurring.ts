import { MAX_DISTANCE, type Copies } from "../runtime/copies.js";

/** A text that may recur in a payload. */
export interface Recurring {
  readonly bytes: Uint8Array;
  /** The payload that it was last written into, and its position there. */
  payload: number;
  at: number;
  /** Texts that it begins with, one after the other. They may recur where the whole does not. */
  readonly parts: readonly Recurring[];
}

/** The number of the last payload, over all writers. */
let lastPayload = 0;

/** Finds the copies in a payload: the texts that were written into it before. */
export class CopyFinder {
  private payload = 0;

  /** Forgets where texts were written: a new payload begins, or a part of this one is written again. */
  forget(): void {
    this.payload = ++lastPayload;
  }

  /** Notes where a text is written, and that it is a copy if it was written within reach before. */
  note(text: Recurring, position: number, copies: Copies): void {
    const distance = position - text.at;
    const isKnown = text.payload === this.payload && distance <= MAX_DISTANCE;
    if (isKnown) copies.add(position, text.bytes.length, distance);
    else this.noteParts(text, position, copies);
    text.payload = this.payload;
    text.at = position;
  }

  private noteParts({ parts }: Recurring, start: number, copies: Copies): void {
    let position = start;
    for (const part of parts) {
      this.note(part, position, copies);
      position += part.bytes.length;
    }
  }
}
