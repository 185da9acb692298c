import { Buffer } from "node:buffer";
import { encodeMetrics as encodeBySerializing } from "@spanmeter/core";
import type { EncodeMetrics, Waiting } from "@spanmeter/core";
import { attributeText, bytesOf, createPieces, endOf, SEQUENCE, type Key } from "./pieces.js";
import { createWriter, toJson } from "./writer.js";

const CURLY = 123;
const COMMA = 44;
const TIMESTAMP = bytesOf('{"timestamp":');
const NOTHING = bytesOf("");
/** Metrics of one millisecond are numbered; the ends of the first ones are kept. */
const MAX_ENDS = 1000;
const END_OF_ITEMS = bytesOf("]}");

/**
 * An encoder that writes the same bytes as core's, out of pieces it has written before. What differs
 * between neighbours, such as time, value and new texts, is written straight into the buffer.
 */
export function createEncodeMetrics(): EncodeMetrics {
  const pieces = createPieces();
  const writer = createWriter();
  // Neighbours mostly share these objects; both never change once made.
  let trace: object | undefined;
  let traceBytes = NOTHING;
  let base: Waiting["base"] | undefined;
  let baseBytes = NOTHING;
  let isBaseOdd = false;
  let isBaseEmpty = false;
  const lastNames: string[] = [];
  const lastKeys: Key[] = [];
  const ends: Uint8Array[] = [];
  let second = NaN;
  let secondBytes = NOTHING;

  function useTrace(next: Waiting["trace"]): void {
    trace = next;
    const { traceId, spanId } = next;
    traceBytes = bytesOf(`,${toJson({ trace_id: traceId, span_id: spanId }).slice(1, -1)}`);
  }

  function useBase(next: Waiting["base"]): void {
    base = next;
    const names = Object.keys(next);
    isBaseOdd = names.some((name) => pieces.key(name).isOdd);
    isBaseEmpty = names.length === 0;
    const text = names.map((name) => attributeText(name, next[name])).join("");
    // Attributes begin with a comma; the first one's becomes the bracket.
    baseBytes = bytesOf(`,"attributes":${text && `{${text.slice(1)}`}`);
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
    if (now !== second) secondBytes = bytesOf(`{"timestamp":${(second = now)}`);
    writer.bytes(secondBytes);
    writer.fraction(rest);
  }

  /** Whether it could be written this way. */
  function writeItem(metric: Waiting): boolean {
    if (metric.base !== base) useBase(metric.base);
    if (isBaseOdd) return false;
    writeTime(metric.time);
    if (metric.trace !== trace) useTrace(metric.trace);
    writer.bytes(traceBytes);
    writer.bytes(pieces.series(metric));
    writer.number(metric.value);
    writer.bytes(baseBytes);
    const start = writer.at();
    const { attributes } = metric;
    const names = Object.keys(attributes);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      // Neighbours mostly have the same keys in the same order.
      if (lastNames[i] !== name) {
        lastNames[i] = name;
        lastKeys[i] = pieces.key(name);
      }
      const key = lastKeys[i] as Key;
      if (key.isOdd) return false;
      // What is in both stands where the shared one stands.
      if (key.absentIn !== metric.base) {
        if (name in metric.base) return false;
        key.absentIn = metric.base;
      }
      const value = attributes[name];
      const piece = pieces.attribute(name, key, value);
      if (piece) writer.bytes(piece);
      else {
        writer.bytes(key.start);
        if (typeof value === "string") writer.string(value);
        else writer.text(toJson(value));
        writer.bytes(endOf(value));
      }
    }
    const { sequence } = metric;
    writer.bytes(
      sequence < MAX_ENDS ? (ends[sequence] ??= endOfItem(sequence)) : endOfItem(sequence),
    );
    if (isBaseEmpty) writer.put(CURLY, start);
    return true;
  }

  function write(metric: Waiting, isFirst: boolean): void {
    const start = writer.at();
    for (;;)
      try {
        if (!isFirst) writer.byte(COMMA);
        const itemStart = writer.at();
        if (writeItem(metric)) return;
        writer.rewind(itemStart);
        return writer.text(itemOf(metric));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        writer.rewind(start);
        writer.grow();
      }
  }

  return (metrics, head, maxBytes) => {
    writer.rewind(0);
    writer.text(`${head},"items":[`);
    let count = 0;
    for (const metric of metrics) {
      const end = writer.at();
      write(metric, count === 0);
      if (count > 0 && writer.at() + END_OF_ITEMS.length > maxBytes) {
        writer.rewind(end);
        break;
      }
      count++;
    }
    writer.bytes(END_OF_ITEMS);
    const payload = writer.take();
    return [payload, count, payload.length];
  };
}

const endOfItem = (sequence: number): Uint8Array =>
  bytesOf(`,"${SEQUENCE}":{"value":${sequence},"type":"integer"}}}`);

let shared: EncodeMetrics | undefined;

/** The one encoder of the process, made when the first metrics leave. */
export const encodeMetrics: EncodeMetrics = (...given) =>
  (shared ??= createEncodeMetrics())(...given);

/** One metric as core writes it. */
function itemOf(metric: Waiting): string {
  const [payload] = encodeBySerializing([metric], "", Infinity, (text) => Buffer.from(text));
  return String(payload).slice(',"items":['.length, -"]}".length);
}
