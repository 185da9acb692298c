import { systemClock, type Clock } from "../clock.js";
import type { Store } from "../store/store.js";
import type { Note, Row } from "../store/row.js";
import { MAX_ENTRIES } from "./bounds.js";
import { checkEnvelope } from "./envelope-rules.js";
import { parseEnvelope, type EnvelopeItem } from "./envelope.js";
import { asText } from "./json.js";
import { readItem } from "./item.js";
import { readOrigin, type Origin } from "./origin.js";
import { refuse, type Refusal } from "./refusal.js";

interface Accepted {
  ok: true;
  /** The envelope's event id, which the answer repeats. */
  eventId: string | undefined;
}

export type Ingest = (body: Buffer, project: string | undefined) => Accepted | Refusal;

/** Envelope bytes in, rows in the store, Relay's answer out. */
export function createIngest(store: Store, now: Clock = systemClock): Ingest {
  return (body, project) => {
    const envelope = parseEnvelope(body);
    if (!envelope.ok) return envelope;
    const origin = readOrigin(envelope.header, project, now());
    const refused = checkEnvelope(envelope.items);
    const rows = readItems(envelope.items, origin, refused);
    if (rows === undefined)
      return refuse(
        413,
        `The envelope holds more than the ${MAX_ENTRIES} entries the explorer reads`,
      );
    store.append(rows);
    if (refused !== undefined) return refuse(413, refused.message);
    return { ok: true, eventId: asText(envelope.header["event_id"]) };
  };
}

/** The rows of all items; `undefined` as soon as they are too many. */
function readItems(
  items: readonly EnvelopeItem[],
  origin: Origin,
  refused: Note | undefined,
): Row[] | undefined {
  const rows: Row[] = [];
  for (const item of items) {
    for (const row of readItem(item, origin, refused)) rows.push(row);
    if (rows.length > MAX_ENTRIES) return undefined;
  }
  return rows;
}
