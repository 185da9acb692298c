import type { PendingMetric, Series } from "@spanmeter/core";
import { attributeText, createPieces, endOf, isUnordered, pieceOf, SEQUENCE } from "./pieces.js";
import type { Key, Piece } from "./pieces.js";
import { createRuns, type Block } from "./runs.js";
import { toJson, type Writer } from "./writer.js";

const TIMESTAMP = pieceOf('{"timestamp":');
const TRACE_ID = pieceOf(',"trace_id":');
const SPAN_ID = pieceOf(',"span_id":');
const SEQUENCE_START = pieceOf(`"${SEQUENCE}":{"value":`);
/** The end of an item, and the comma before the next one. */
export const ITEM_END: Piece = pieceOf(',"type":"integer"}}},');
const END_OF_TEXT = endOf("");
const NO_PIECE = pieceOf("");

/**
 * Writes items one after the other, each up to {@link ITEM_END}: that and the start of the next item often recur
 * together, and are one copy.
 */
export interface WriteItem {
  /** Starts again: items that were written before cannot be copied any more. */
  begin(): void;
  /**
   * Writes an item. With `lacksEnd` it first writes the end of the item before. Returns `false` when it cannot write
   * this one; then the caller removes what was written and encodes the metric by itself.
   */
  write(metric: PendingMetric, lacksEnd: boolean): boolean;
}

/** Shared attributes as they are written. */
interface SharedPiece {
  readonly piece: Piece;
  /** One of their keys is. */
  readonly isUnordered: boolean;
}

const NOTHING_SHARED: SharedPiece = { piece: pieceOf(',"attributes":{'), isUnordered: false };

/** The parts of a series that recurs. */
interface EncodedSeries {
  /** `,"name":"x","type":"counter","unit":"byte","value":` */
  readonly head: Piece;
  /** Its own attributes. */
  readonly attributes: Piece;
  /** Shared attributes, none of which has one of its keys, and its own, up to the sequence. */
  block: Block | undefined;
  /** The shared attributes of the block. */
  blockOf: object | undefined;
  /** One of its keys is. */
  readonly isUnordered: boolean;
}

/** Makes the writer of items. */
export function createWriteItem(writer: Writer): WriteItem {
  const pieces = createPieces();
  const runs = createRuns(writer);
  // Consecutive items often agree in the parts before the value: the previous item, and the positions of
  // its parts.
  let before: PendingMetric | undefined;
  let startOfBefore = 0;
  let traceOfBefore = 0;
  let seriesOfBefore = 0;
  let valueOfBefore = 0;
  let shared: PendingMetric["sharedAttributes"] | undefined;
  let sharedPiece = NO_PIECE;
  let isSharedUnordered = false;
  const lastKeys: Key[] = [];
  let isPolluted = false;
  let second = NaN;
  let secondPiece = TIMESTAMP;

  /** By object: each of many concurrent requests may have attributes of its own. */
  const sharedPieces = new WeakMap<PendingMetric["sharedAttributes"], SharedPiece>();

  function useShared(next: PendingMetric["sharedAttributes"]): void {
    let known = hasEnumerableKeys(next) ? sharedPieces.get(next) : NOTHING_SHARED;
    if (!known) sharedPieces.set(next, (known = encodeShared(next)));
    ({ piece: sharedPiece, isUnordered: isSharedUnordered } = known);
    // Not before: a `toJSON` of the application may have thrown.
    shared = next;
  }

  function encodeShared(attributes: PendingMetric["sharedAttributes"]): SharedPiece {
    const names = Object.keys(attributes);
    const text = names.map((name) => attributeText(name, attributes[name])).join("");
    return {
      piece: pieces.text(`,"attributes":{${text}`),
      isUnordered: names.some(isUnordered),
    };
  }

  /** Seconds since the epoch. Metrics of one second share all but the fraction. */
  function writeTime(time: number): void {
    const seconds = Math.floor(time / 1000);
    const rest = time - seconds * 1000;
    // Times finer than a millisecond are rare; so are times before 1970.
    if (!Number.isInteger(rest) || seconds < 1) {
      writer.recurring(TIMESTAMP);
      return writer.number(time / 1000);
    }
    if (seconds !== second) secondPiece = pieceOf(`{"timestamp":${(second = seconds)}`);
    writer.recurring(secondPiece);
    writer.fraction(rest);
  }

  /** Writes the parts before the value. */
  function writeHead(metric: PendingMetric): void {
    const { series, time, trace } = metric;
    writeTime(time);
    const start = writer.at();
    if (before && isSameTrace(before.trace, trace)) writer.repeat(traceOfBefore, seriesOfBefore);
    else writeTrace(trace);
    traceOfBefore = start;
    seriesOfBefore = writer.at();
    if (series.isCached) return writer.recurring(encodedOf(series).head);
    const { name, type, unit } = series.instrument;
    writer.recurring(pieces.series(name, type, unit));
  }

  function writeTrace({ traceId, spanId }: PendingMetric["trace"]): void {
    writer.recurring(TRACE_ID);
    writer.string(traceId);
    if (spanId === undefined) return;
    writer.recurring(SPAN_ID);
    writer.string(spanId);
  }

  /** The pieces of a series that recurs, made once. */
  function encodedOf(series: Series): EncodedSeries {
    const known = series.encoded as EncodedSeries | undefined;
    if (known) return known;
    const { attributes, instrument } = series;
    const names = Object.keys(attributes);
    const text = names.map((name) => attributeText(name, attributes[name])).join("");
    const parts = names.flatMap(
      (name) => pieces.attribute(pieces.key(name), attributes[name]) ?? [],
    );
    const encoded: EncodedSeries = {
      head: pieces.series(instrument.name, instrument.type, instrument.unit),
      // Without all parts it is one text.
      attributes: pieceOf(text, parts.length === names.length ? parts : undefined),
      block: undefined,
      blockOf: undefined,
      isUnordered: names.some(isUnordered),
    };
    series.encoded = encoded;
    return encoded;
  }

  /** Writes shared attributes, those of a series that recurs, and the key of the sequence. */
  function writeCached(series: Series, shared: PendingMetric["sharedAttributes"]): boolean {
    const encoded = encodedOf(series);
    if (encoded.blockOf === shared) {
      writer.recurring(encoded.block as Block);
      return true;
    }
    if (encoded.isUnordered) return false;
    // A key that is in both has the position of the shared one.
    for (const name in series.attributes) if (name in shared) return false;
    runs.reset();
    runs.add(sharedPiece);
    runs.add(encoded.attributes);
    runs.add(SEQUENCE_START);
    encoded.block = runs.end();
    encoded.blockOf = encoded.block && shared;
    return true;
  }

  /** Writes what {@link writeCached} writes, for a series that may not recur. */
  function writeNew(
    { attributes }: Series,
    sharedAttributes: PendingMetric["sharedAttributes"],
  ): boolean {
    runs.reset();
    runs.add(sharedPiece);
    let i = 0;
    for (const name in attributes) {
      // Consecutive items mostly have equal keys in the same order.
      let key = lastKeys[i];
      if (key === undefined || key.name !== name) key = lastKeys[i] = pieces.key(name);
      i++;
      if (key.absentIn !== sharedAttributes) {
        // A key that is in both has the position of the shared one.
        if (key.isUnordered || name in sharedAttributes) return false;
        key.absentIn = sharedAttributes;
      }
      const value = attributes[name];
      const piece = pieces.attribute(key, value);
      if (piece) runs.add(piece);
      else {
        runs.add(key.start);
        runs.end();
        if (typeof value === "string") writer.string(value);
        else if (typeof value === "number") writer.number(value);
        else writer.text(toJson(value));
        runs.add(typeof value === "string" ? END_OF_TEXT : endOf(value));
      }
    }
    runs.add(SEQUENCE_START);
    runs.end();
    return true;
  }

  function writeRest({ series, sharedAttributes, value, sequence }: PendingMetric): boolean {
    writer.number(value);
    const write = series.isCached ? writeCached : writeNew;
    if (!write(series, sharedAttributes)) return false;
    writer.whole(sequence);
    return true;
  }

  return {
    begin() {
      before = undefined;
      isPolluted = hasEnumerableKeys({});
    },
    write(metric, lacksEnd) {
      if (metric.sharedAttributes !== shared) useShared(metric.sharedAttributes);
      if (isSharedUnordered || isPolluted) return false;
      const start = writer.at();
      if (before && startOfBefore > 0 && lacksEnd && isSameHead(before, metric))
        writer.repeat(startOfBefore, valueOfBefore);
      else {
        if (lacksEnd) writer.recurring(ITEM_END);
        writeHead(metric);
      }
      before = metric;
      // The next item can copy only one that begins with the end of another.
      startOfBefore = lacksEnd ? start : 0;
      valueOfBefore = writer.at();
      return writeRest(metric);
    },
  };
}

/** `false` for `{}`, unless somebody added enumerable keys to `Object.prototype`. */
function hasEnumerableKeys(object: object): boolean {
  for (const _ in object) return true;
  return false;
}

const isSameTrace = (a: PendingMetric["trace"], b: PendingMetric["trace"]): boolean =>
  a === b || (a.traceId === b.traceId && a.spanId === b.spanId);

/** Whether two items agree in all parts before the value. */
const isSameHead = (a: PendingMetric, b: PendingMetric): boolean =>
  a.time === b.time && a.series.instrument === b.series.instrument && isSameTrace(a.trace, b.trace);
