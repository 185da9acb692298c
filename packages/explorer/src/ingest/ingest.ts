import { systemClock, type Clock } from "../runtime/clock.js";
import type { Store } from "../store/store.js";
import type { RelayNote } from "../model/note-code.js";
import type { ReceivedItem } from "../model/received-item.js";
import { MAX_ENTRIES } from "./limits.js";
import { checkEnvelope } from "./envelope/envelope-rules.js";
import { parseEnvelope, type Envelope, type EnvelopeItem } from "./envelope/envelope.js";
import { readUuid } from "./fields/ids.js";
import { asText } from "./fields/json.js";
import { readItem } from "./items/item.js";
import { readOrigin, type Origin } from "./envelope/origin.js";
import { refuse, type Refusal } from "./refusal.js";
import { envelopeOfEvent, type Sender } from "./envelope/legacy-event.js";

/** An accepted envelope or event. */
interface Accepted {
  ok: true;
  /** Event id of the envelope, for the response. */
  eventId: string | undefined;
}

/** The result of ingesting an envelope or event. */
export type IngestResult = Accepted | Refusal;

/** Reads received bytes, and appends the items in them to the store. */
export interface Ingest {
  /** Ingests an envelope. Throws a `StoreWriteError` when the store can no longer write. */
  envelope(body: Buffer, project: string | undefined): IngestResult;
  /** Ingests a single event, as SDKs sent it before there were envelopes. Throws a `StoreWriteError`, as `envelope` does. */
  event(body: Buffer, sender: Sender): IngestResult;
}

/**
 * Creates the ingest of a store.
 * @param now - the clock for the time at which items are received
 */
export function createIngest(store: Store, now: Clock = systemClock): Ingest {
  function append({ header, items }: Envelope, project: string | undefined): IngestResult {
    const origin = readOrigin(header, project, now());
    const refused = checkEnvelope(items);
    const received = readItems(items, origin, refused);
    if (received === undefined) {
      const reason = `The envelope holds more than the ${MAX_ENTRIES} entries the explorer reads`;
      return refuse(413, reason);
    }
    store.append(received);
    if (refused !== undefined) return refuse(413, refused.message);
    const eventId = readUuid(header["event_id"]) ?? asText(header["event_id"]);
    return { ok: true, eventId };
  }

  function envelope(body: Buffer, project: string | undefined): IngestResult {
    const parsed = parseEnvelope(body);
    return parsed.ok ? append(parsed, project) : parsed;
  }

  function event(body: Buffer, sender: Sender): IngestResult {
    const wrapped = envelopeOfEvent(body, sender);
    return wrapped.ok ? append(wrapped, sender.project) : wrapped;
  }

  return { envelope, event };
}

/** Returns the received items of an envelope, or `undefined` as soon as there are too many. */
function readItems(
  items: readonly EnvelopeItem[],
  origin: Origin,
  refused: RelayNote | undefined,
): ReceivedItem[] | undefined {
  const received: ReceivedItem[] = [];
  for (const item of items) {
    for (const each of readItem(item, origin, refused)) received.push(each);
    if (received.length > MAX_ENTRIES) return undefined;
  }
  return received;
}
