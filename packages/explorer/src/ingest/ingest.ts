import { systemClock, type Clock } from "../runtime/clock.js";
import type { Store } from "../store/store.js";
import type { Note, ReceivedItem } from "../model/received-item.js";
import { MAX_ENTRIES } from "./limits.js";
import { checkEnvelope } from "./envelope/envelope-rules.js";
import { parseEnvelope, type Envelope, type EnvelopeItem } from "./envelope/envelope.js";
import { readUuid } from "./fields/ids.js";
import { asText } from "./fields/json.js";
import { readItem } from "./items/item.js";
import { readOrigin, type Origin } from "./envelope/origin.js";
import { refuse, type Refusal } from "./refusal.js";
import { envelopeOfEvent, type Sender } from "./envelope/legacy-event.js";

interface Accepted {
  ok: true;
  /** The envelope's event id, which the answer repeats. */
  eventId: string | undefined;
}

type Answer = Accepted | Refusal;

/** Bytes in, rows in the store, Relay's answer out. */
export interface Ingest {
  envelope(body: Buffer, project: string | undefined): Answer;
  /** A single event, as SDKs sent it before there were envelopes. */
  event(body: Buffer, sender: Sender): Answer;
}

export function createIngest(store: Store, now: Clock = systemClock): Ingest {
  const take = ({ header, items }: Envelope, project: string | undefined): Answer => {
    const origin = readOrigin(header, project, now());
    const refused = checkEnvelope(items);
    const rows = readItems(items, origin, refused);
    if (rows === undefined)
      return refuse(
        413,
        `The envelope holds more than the ${MAX_ENTRIES} entries the explorer reads`,
      );
    store.append(rows);
    if (refused !== undefined) return refuse(413, refused.message);
    const eventId = readUuid(header["event_id"]) ?? asText(header["event_id"]);
    return { ok: true, eventId };
  };
  return {
    envelope(body, project) {
      const envelope = parseEnvelope(body);
      return envelope.ok ? take(envelope, project) : envelope;
    },
    event(body, sender) {
      const envelope = envelopeOfEvent(body, sender);
      return envelope.ok ? take(envelope, sender.project) : envelope;
    },
  };
}

/** The rows of all items; `undefined` as soon as they are too many. */
function readItems(
  items: readonly EnvelopeItem[],
  origin: Origin,
  refused: Note | undefined,
): ReceivedItem[] | undefined {
  const rows: ReceivedItem[] = [];
  for (const item of items) {
    for (const row of readItem(item, origin, refused)) rows.push(row);
    if (rows.length > MAX_ENTRIES) return undefined;
  }
  return rows;
}
