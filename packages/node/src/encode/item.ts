import type { Waiting } from "@spanmeter/core";
import { attributeText, createPieces, endOf, pieceOf, SEQUENCE, type Key } from "./pieces.js";
import { createRuns } from "./runs.js";
import { toJson, type Writer } from "./writer.js";

const CURLY = 123;
const TIMESTAMP = pieceOf('{"timestamp":').bytes;
const TRACE_ID = pieceOf(',"trace_id":').bytes;
const SPAN_ID = pieceOf(',"span_id":').bytes;
const SEQUENCE_START = pieceOf(`,"${SEQUENCE}":{"value":`);
const ITEM_END = pieceOf(',"type":"integer"}}}').bytes;
const END_OF_TEXT = endOf("");
const COMMA = 44;
const NOTHING = pieceOf("");

/** Writes items one after the other. `false`: not this one, and what it wrote is to be taken back. */
export interface WriteItem {
  /** What was written before is not there any more. */
  begin(): void;
  /** With a comma before it, unless it is the first. */
  write(metric: Waiting, isFirst: boolean): boolean;
}

export function createWriteItem(writer: Writer): WriteItem {
  const pieces = createPieces();
  const runs = createRuns(writer);
  // Neighbours mostly agree in much of what stands before the value: the item before, and where it has that.
  let before: Waiting | undefined;
  let startOfBefore = 0;
  let traceOfBefore = 0;
  let seriesOfBefore = 0;
  let valueOfBefore = 0;
  let base: Waiting["base"] | undefined;
  let basePiece = NOTHING;
  let isBaseOdd = false;
  let isBaseEmpty = false;
  const lastKeys: Key[] = [];
  let isPolluted = false;
  let second = NaN;
  let secondBytes = TIMESTAMP;

  function useBase(next: Waiting["base"]): void {
    base = next;
    const names = Object.keys(next);
    isBaseOdd = names.some((name) => pieces.key(name).isOdd);
    isBaseEmpty = names.length === 0;
    const text = names.map((name) => attributeText(name, next[name])).join("");
    // Attributes begin with a comma; the first one's becomes the bracket.
    basePiece = pieces.text(`,"attributes":${text && `{${text.slice(1)}`}`);
  }

  /** Seconds since the epoch. Metrics of one second share all but the fraction. */
  function writeTime(time: number): void {
    const now = Math.floor(time / 1000);
    const rest = time - now * 1000;
    // What is finer than a millisecond is rare; so is a time before 1970.
    if (!Number.isInteger(rest) || now < 1) {
      writer.bytes(TIMESTAMP);
      return writer.number(time / 1000);
    }
    if (now !== second) secondBytes = pieceOf(`{"timestamp":${(second = now)}`).bytes;
    writer.bytes(secondBytes);
    writer.fraction(rest);
  }

  /** All before the value. */
  function writeHead(metric: Waiting): void {
    const { time, trace, name, type, unit } = metric;
    writeTime(time);
    const start = writer.at();
    if (before && isSameTrace(before.trace, trace)) writer.repeat(traceOfBefore, seriesOfBefore);
    else writeTrace(trace);
    traceOfBefore = start;
    seriesOfBefore = writer.at();
    writer.bytes(pieces.series(name, type, unit));
  }

  function writeTrace({ traceId, spanId }: Waiting["trace"]): void {
    writer.bytes(TRACE_ID);
    writer.string(traceId);
    if (spanId === undefined) return;
    writer.bytes(SPAN_ID);
    writer.string(spanId);
  }

  function writeAttributes({ attributes, base: shared }: Waiting): boolean {
    let i = 0;
    for (const name in attributes) {
      // Neighbours mostly have the same keys in the same order.
      let key = lastKeys[i];
      if (key === undefined || key.name !== name) key = lastKeys[i] = pieces.key(name);
      i++;
      if (key.absentIn !== shared) {
        // What is in both stands where the shared one stands.
        if (key.isOdd || name in shared) return false;
        key.absentIn = shared;
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
    return true;
  }

  function writeRest(metric: Waiting): boolean {
    writer.number(metric.value);
    const start = writer.at() + basePiece.bytes.length;
    runs.reset();
    runs.add(basePiece);
    if (!writeAttributes(metric)) return false;
    runs.add(SEQUENCE_START);
    runs.end();
    if (isBaseEmpty) writer.put(CURLY, start);
    writer.whole(metric.sequence);
    writer.bytes(ITEM_END);
    return true;
  }

  return {
    begin() {
      before = undefined;
      isPolluted = hasMore({});
    },
    write(metric, isFirst) {
      if (metric.base !== base) useBase(metric.base);
      if (isBaseOdd || isPolluted) return false;
      const start = writer.at();
      if (before && startOfBefore > 0 && isSameHead(before, metric))
        writer.repeat(startOfBefore, valueOfBefore);
      else {
        if (!isFirst) writer.byte(COMMA);
        writeHead(metric);
      }
      before = metric;
      // Only what begins with a comma is of use to the next one.
      startOfBefore = isFirst ? 0 : start;
      valueOfBefore = writer.at();
      return writeRest(metric);
    },
  };
}

/** Somebody may have added to `Object.prototype` what every walk through an object finds. */
function hasMore(nothing: object): boolean {
  for (const _ in nothing) return true;
  return false;
}

const isSameTrace = (a: Waiting["trace"], b: Waiting["trace"]): boolean =>
  a === b || (a.traceId === b.traceId && a.spanId === b.spanId);

/** Whether two items are the same up to their values. */
const isSameHead = (a: Waiting, b: Waiting): boolean =>
  a.time === b.time &&
  a.name === b.name &&
  a.type === b.type &&
  a.unit === b.unit &&
  isSameTrace(a.trace, b.trace);
