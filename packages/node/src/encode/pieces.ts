import type { Waiting } from "@spanmeter/core";
import { toJson } from "./writer.js";

/** Distinct values of one key that are remembered; a key with more, such as a user's id, has new ones for ever. */
const MAX_VALUES = 256;
/** Longer texts seldom come again, and cost memory. */
const MAX_TEXT = 200;
/** Everything remembered of keys and values together, and of series. Beyond it all begins anew. */
const MAX_PIECES = 4000;

export const SEQUENCE = "sentry.timestamp.sequence";

/** What is known of an attribute key. */
export interface Key {
  /** `,"key":{"value":` */
  readonly start: Uint8Array;
  /** By value, `,"key":{"value":"x","type":"string"}`; absent once there were too many values. */
  values: Map<unknown, Uint8Array> | undefined;
  /** Keys like this do not stand where they were set: the whole metric is written by `JSON.stringify`. */
  readonly isOdd: boolean;
  /** The shared attributes last found not to have this key. */
  absentIn?: object;
}

interface Series extends Pick<Waiting, "type" | "unit"> {
  /** `,"name":"x","type":"counter","unit":"byte","value":` */
  readonly bytes: Uint8Array;
}

/** Text that recurs from metric to metric, as bytes. Bounded; knows nothing of whole metrics. */
export function createPieces() {
  const keys = new Map<string, Key>();
  const series = new Map<string, Series>();
  let remembered = 0;

  function remember(): void {
    if (++remembered <= MAX_PIECES) return;
    remembered = 0;
    keys.clear();
    series.clear();
  }

  function addKey(name: string): Key {
    remember();
    const key: Key = {
      start: bytesOf(`,${toJson(name)}:{"value":`),
      values: new Map(),
      // JavaScript puts whole numbers first; and the sequence is overwritten where it stands.
      isOdd: name === SEQUENCE || String(Number(name) >>> 0) === name,
    };
    if (name.length <= MAX_TEXT) keys.set(name, key);
    return key;
  }

  function addSeries({ name, type, unit }: Waiting): Series {
    remember();
    const text = toJson({ name, type, unit }).slice(1, -1);
    const added = { type, unit, bytes: bytesOf(`,${text},"value":`) };
    // One name with two types or units is a mistake, so that the last one is enough.
    if (name.length <= MAX_TEXT) series.set(name, added);
    return added;
  }

  return {
    key: (name: string): Key => keys.get(name) ?? addKey(name),

    /** The whole attribute, if it recurs or may do so; else its value is to be written. */
    attribute(name: string, key: Key, value: unknown): Uint8Array | undefined {
      const { values } = key;
      if (!values) return undefined;
      const known = values.get(value);
      if (known) return known;
      if (typeof value === "object" || (typeof value === "string" && value.length > MAX_TEXT))
        return undefined;
      if (values.size >= MAX_VALUES) {
        // Not below zero: the key may be from before all began anew.
        remembered = Math.max(0, remembered - values.size);
        key.values = undefined;
        return undefined;
      }
      remember();
      const piece = bytesOf(attributeText(name, value));
      values.set(value, piece);
      return piece;
    },

    series(metric: Waiting): Uint8Array {
      const known = series.get(metric.name);
      return known && known.type === metric.type && known.unit === metric.unit
        ? known.bytes
        : addSeries(metric).bytes;
    },
  };
}

const encoder = new TextEncoder();

/** Not a `Buffer`: those share a pool, and a small piece would keep alive what stood around it. */
export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

const TYPES = ["string", "integer", "double", "boolean", "array"] as const;
const ENDS = new Map(TYPES.map((type) => [type, bytesOf(`,"type":"${type}"}`)]));

/** Whole numbers beyond 2^53 are doubles: they were never exact. */
function typeOf(value: unknown): (typeof TYPES)[number] {
  if (typeof value === "number") return Number.isSafeInteger(value) ? "integer" : "double";
  return typeof value === "object" ? "array" : (typeof value as "string" | "boolean");
}

/** What follows the value of an attribute. */
export const endOf = (value: unknown): Uint8Array => ENDS.get(typeOf(value)) as Uint8Array;

export const attributeText = (name: string, value: unknown): string =>
  `,${toJson(name)}:{"value":${toJson(value)},"type":"${typeOf(value)}"}`;
