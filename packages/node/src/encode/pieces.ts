import type { Instrument } from "@spanmeter/core";
import { encodeUtf8 } from "../runtime/utf8.js";
import type { Recurring } from "./recurring.js";
import { toJson } from "./writer.js";

/** The most cached values of one key. A key with more, such as a user id, has new values all the time. */
const MAX_VALUES = 256;
/** Longer texts seldom recur, and cost memory. */
const MAX_TEXT = 200;
/** The most cached keys, values and texts together. Beyond it the cache is cleared. */
const MAX_PIECES = 4000;

/** The attribute that orders metrics within one millisecond. */
export const SEQUENCE = "sentry.timestamp.sequence";

/** A text that recurs, as bytes. */
export interface Piece extends Recurring {
  /** Unique among all pieces. */
  readonly id: number;
}

/** The cached pieces of an attribute key. */
export interface Key {
  readonly name: string;
  /** `"key":{"value":` */
  readonly start: Piece;
  /** The known part of its values: `start` alone. */
  readonly starts: readonly Piece[];
  /** By value, `"key":{"value":"x","type":"string"},`; absent once there are too many values. */
  values: Map<unknown, Piece> | undefined;
  /** Objects do not keep such a key in the order it was set: `JSON.stringify` writes the whole metric. */
  readonly isUnordered: boolean;
  /** The last shared attributes that were found without this key. */
  absentIn?: object;
}

/** JavaScript moves whole numbers to the front of an object; and the sequence is overwritten in place. */
export const isUnordered = (name: string): boolean =>
  name === SEQUENCE || String(Number(name) >>> 0) === name;

let made = 0;
const NO_PIECES: readonly Piece[] = [];

/** Makes a piece. It is no `Buffer`: those share a pool, and a small one would retain the memory around it. */
export const pieceOf = (text: string, parts: readonly Piece[] = NO_PIECES): Piece => ({
  id: ++made,
  bytes: encodeUtf8(text),
  payload: 0,
  at: 0,
  parts,
});

interface Series extends Pick<Instrument, "type" | "unit"> {
  /** `,"name":"x","type":"counter","unit":"byte","value":` */
  readonly piece: Piece;
}

/** A bounded cache of text that recurs from metric to metric, as bytes. */
export function createPieces() {
  const keys = new Map<string, Key>();
  const texts = new Map<string, Piece>();
  const series = new Map<string, Series>();
  let cached = 0;

  function countCached(): void {
    if (++cached <= MAX_PIECES) return;
    cached = 0;
    keys.clear();
    texts.clear();
    series.clear();
  }

  function addKey(name: string): Key {
    countCached();
    const start = pieceOf(`${toJson(name)}:{"value":`);
    const key: Key = {
      name,
      start,
      starts: [start],
      values: new Map(),
      isUnordered: isUnordered(name),
    };
    if (name.length <= MAX_TEXT) keys.set(name, key);
    return key;
  }

  function addValue(key: Key, values: Map<unknown, Piece>, value: unknown): Piece | undefined {
    if (typeof value === "object") return undefined;
    if (typeof value === "string" && value.length > MAX_TEXT) return undefined;
    if (values.size >= MAX_VALUES) {
      // Not below zero: the key may be older than the last time the cache was cleared.
      cached = Math.max(0, cached - values.size);
      key.values = undefined;
      return undefined;
    }
    countCached();
    const piece = pieceOf(attributeText(key.name, value), key.starts);
    values.set(value, piece);
    return piece;
  }

  function addText(text: string): Piece {
    const piece = pieceOf(text);
    if (text.length > MAX_TEXT * 5) return piece;
    countCached();
    texts.set(text, piece);
    return piece;
  }

  function addSeries(name: string, type: Instrument["type"], unit: Instrument["unit"]): Series {
    countCached();
    const text = toJson({ name, type, unit }).slice(1, -1);
    const added = { type, unit, piece: pieceOf(`,${text},"value":`) };
    // One name with two types or units is a mistake, so only the last one is cached.
    if (name.length <= MAX_TEXT) series.set(name, added);
    return added;
  }

  return {
    key: (name: string): Key => keys.get(name) ?? addKey(name),

    /** The whole attribute, if it is cached or can be; otherwise the caller writes its value. */
    attribute: (key: Key, value: unknown): Piece | undefined =>
      key.values && (key.values.get(value) ?? addValue(key, key.values, value)),

    series(name: string, type: Instrument["type"], unit: Instrument["unit"]): Piece {
      const known = series.get(name);
      return known && known.type === type && known.unit === unit
        ? known.piece
        : addSeries(name, type, unit).piece;
    },

    text: (text: string): Piece => texts.get(text) ?? addText(text),
  };
}

const TYPES = ["string", "integer", "double", "boolean", "array"] as const;
const ENDS = new Map(TYPES.map((type) => [type, pieceOf(`,"type":"${type}"},`)]));

/** Whole numbers beyond 2^53 are doubles: they were never exact. */
function typeOf(value: unknown): (typeof TYPES)[number] {
  if (typeof value === "number") return Number.isSafeInteger(value) ? "integer" : "double";
  return typeof value === "object" ? "array" : (typeof value as "string" | "boolean");
}

/** The text after the value of an attribute. */
export const endOf = (value: unknown): Piece => ENDS.get(typeOf(value)) as Piece;

/** One attribute as JSON, with a comma behind it: the sequence is always the last one. */
export const attributeText = (name: string, value: unknown): string =>
  `${toJson(name)}:{"value":${toJson(value)},"type":"${typeOf(value)}"},`;
