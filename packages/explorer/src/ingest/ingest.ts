import { systemClock, type Clock } from "../clock.js";
import type { Store } from "../store/store.js";
import { checkEnvelope } from "./envelope-rules.js";
import { parseEnvelope } from "./envelope.js";
import { asText } from "./json.js";
import { readItem } from "./item.js";
import { readOrigin } from "./origin.js";
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
    store.append(envelope.items.flatMap((item) => readItem(item, origin, refused)));
    if (refused !== undefined) return refuse(413, refused.message);
    return { ok: true, eventId: asText(envelope.header["event_id"]) };
  };
}
