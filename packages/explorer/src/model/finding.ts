import type { Kind, Note, Verdict } from "./received-item.js";

/** One note about an item, and how to avoid it. */
interface Explained extends Note {
  /** Kind of the item. */
  kind: Kind;
  /** Name of the item, as Sentry stores it. */
  name: string;
  /** Verdict on the item. */
  verdict: Verdict;
  /** How to avoid the note, in one line. */
  fix: string;
}

/** One note about one received item. */
export interface Finding extends Explained {
  /** The `id` of the item. */
  id: string;
  /** Time of the item, RFC 3339. */
  time: string;
  /** Type of a metric, as it was sent. */
  type?: string;
  /** Trace of the item. */
  traceId?: string;
  /** `name/version` of the SDK that sent the item. */
  sdk?: string;
}

/** How often one note occurs with items of one name. The message, `before` and `after` are those of the newest item. */
export interface FindingCount extends Explained {
  /** Number of stored items with this note. */
  count: number;
  /** Time of the newest item with this note, RFC 3339. */
  lastSeen: string;
}

/** The notes about received items. */
export interface Verdicts {
  /** How often each note occurs by name, the most frequent first, at most 1000. */
  counts: FindingCount[];
  /** How many notes there are, and how many different ones by name and verdict. */
  total: { notes: number; counts: number };
  /** The notes, those of the newest item first. */
  findings: Finding[];
  /** The `cursor` of the next page; absent after the last one. */
  next?: string;
}
