import { stringifyJson } from "../../model/json.js";
import type { NoteCode, RelayNote } from "../../model/note-code.js";
import type { EnvelopeItem } from "./envelope.js";
import { MAX_ENTRIES } from "../limits.js";
import { parseObject, READABLE } from "../fields/json.js";

/** An item container. */
export interface Container {
  /** The entries of its list. */
  entries: unknown[];
  /** Why Relay refuses the container with every entry. */
  refused?: RelayNote;
}

/** Reads an item container by Relay's rules. When its header is not right, Relay refuses every entry. */
export function readContainer(item: EnvelopeItem, contentType: string): Container {
  const entries = parseObject(item.payload)?.["items"];
  if (!Array.isArray(entries)) {
    return refused(
      [],
      "container_invalid",
      `The payload must be ${READABLE}, with an "items" list`,
    );
  }
  if (entries.length > MAX_ENTRIES) {
    return refused(
      [],
      "too_many",
      `${entries.length} entries are more than the ${MAX_ENTRIES} the explorer reads`,
    );
  }
  const { content_type: actualType, item_count: count } = item.header;
  if (actualType !== contentType) {
    return refused(entries, "container_content_type", `content_type must be ${contentType}`);
  }
  if (count !== entries.length) {
    const state = count === undefined ? "is missing" : `is ${stringifyJson(count)}`;
    return refused(
      entries,
      "container_item_count",
      `item_count ${state}, the container has ${entries.length}`,
    );
  }
  return { entries };
}

const refused = (entries: unknown[], code: NoteCode, message: string): Container => ({
  entries,
  refused: { code, message },
});
