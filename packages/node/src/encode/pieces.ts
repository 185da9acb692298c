import type { Waiting } from "@spanmeter/core";
import { encodeUtf8 } from "../runtime/utf8.js";
import { toJson } from "./writer.js";

/** Distinct values of one key that are remembered; a key with more, such as a user's id, has new ones for ever. */
const MAX_VALUES = 256;
/** Longer texts seldom come again, and cost memory. */
const MAX_TEXT = 200;
/** Everything remembered of keys and values together, and of texts. Beyond it all begins anew. */
const MAX_PIECES = 4000;

export const SEQUENCE = "sentry.timestamp.sequence";

/** A text that recurs, as bytes. */
export interface Piece {
  /** No two pieces ever have the same. */
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** What is known of an attribute key. */
export interface Key {
  readonly name: string;
  /** `,"key":{"value":` */
  readonly start: Piece;
  /** By value, `,"key":{"value":"x","type":"string"}`; absent once there were too many values. */
  values: Map<unknown, Piece> | undefined;
  /** Keys like this do not stand where they were set: the whole metric is written by `JSON.stringify`. */
  readonly isOdd: boolean;
  /** The shared attributes last found not to have this key. */
  absentIn?: object;
}

let made = 0;

/** Not as a `Buffer`: those share a pool, and a small piece would keep alive what stood around it. */
export const pieceOf = (text: string): Piece => ({ id: ++made, bytes: encodeUtf8(text) });

interface Series extends Pick<Waiting, "type" | "unit"> {
  /** `,"name":"x","type":"counter","unit":"byte","value":` */
  readonly bytes: Uint8Array;
}

/** Text that recurs from metric to metric, as bytes. Bounded; knows nothing of whole metrics. */
export function createPieces() {
  const keys = new Map<string, Key>();
  const texts = new Map<string, Piece>();
  const series = new Map<string, Series>();
  let remembered = 0;

  function remember(): void {
    if (++remembered <= MAX_PIECES) return;
    remembered = 0;
    keys.clear();
    texts.clear();
    series.clear();
  }

  function addKey(name: string): Key {
    remember();
    const key: Key = {
      name,
      start: pieceOf(`,${toJson(name)}:{"value":`),
      values: new Map(),
      // JavaScript puts whole numbers first; and the sequence is overwritten where it stands.
      isOdd: name === SEQUENCE || String(Number(name) >>> 0) === name,
    };
    if (name.length <= MAX_TEXT) keys.set(name, key);
    return key;
  }

  function addValue(key: Key, values: Map<unknown, Piece>, value: unknown): Piece | undefined {
    if (typeof value === "object") return undefined;
    if (typeof value === "string" && value.length > MAX_TEXT) return undefined;
    if (values.size >= MAX_VALUES) {
      // Not below zero: the key may be from before all began anew.
      remembered = Math.max(0, remembered - values.size);
      key.values = undefined;
      return undefined;
    }
    remember();
    const piece = pieceOf(attributeText(key.name, value));
    values.set(value, piece);
    return piece;
  }

  function addText(text: string): Piece {
    const piece = pieceOf(text);
    if (text.length > MAX_TEXT * 5) return piece;
    remember();
    texts.set(text, piece);
    return piece;
  }

  function addSeries(name: string, type: Waiting["type"], unit: Waiting["unit"]): Series {
    remember();
    const text = toJson({ name, type, unit }).slice(1, -1);
    const added = { type, unit, bytes: encodeUtf8(`,${text},"value":`) };
    // One name with two types or units is a mistake, so that the last one is enough.
    if (name.length <= MAX_TEXT) series.set(name, added);
    return added;
  }

  return {
    key: (name: string): Key => keys.get(name) ?? addKey(name),

    /** The whole attribute, if it recurs or may do so; else its value is to be written. */
    attribute: (key: Key, value: unknown): Piece | undefined =>
      key.values && (key.values.get(value) ?? addValue(key, key.values, value)),

    series(name: string, type: Waiting["type"], unit: Waiting["unit"]): Uint8Array {
      const known = series.get(name);
      return known && known.type === type && known.unit === unit
        ? known.bytes
        : addSeries(name, type, unit).bytes;
    },

    text: (text: string): Piece => texts.get(text) ?? addText(text),
  };
}

const TYPES = ["string", "integer", "double", "boolean", "array"] as const;
const ENDS = new Map(TYPES.map((type) => [type, pieceOf(`,"type":"${type}"}`)]));

/** Whole numbers beyond 2^53 are doubles: they were never exact. */
function typeOf(value: unknown): (typeof TYPES)[number] {
  if (typeof value === "number") return Number.isSafeInteger(value) ? "integer" : "double";
  return typeof value === "object" ? "array" : (typeof value as "string" | "boolean");
}

/** What follows the value of an attribute. */
export const endOf = (value: unknown): Piece => ENDS.get(typeOf(value)) as Piece;

export const attributeText = (name: string, value: unknown): string =>
  `,${toJson(name)}:{"value":${toJson(value)},"type":"${typeOf(value)}"}`;
