import { Buffer } from "node:buffer";
import { encodeMetrics as encodeBySerializing } from "@spanmeter/core";
import type { EncodeMetrics, PendingMetric } from "@spanmeter/core";
import { createWriteItem, ITEM_END } from "./item.js";
import { pieceOf } from "./pieces.js";
import { BUFFER_FULL, createWriter } from "./writer.js";

/** The comma behind an item, which the last one does not have. */
const COMMA_BYTES = 1;
const END = pieceOf("]}").bytes;

/**
 * Makes an encoder that writes the bytes that core's encoder would write, but from cached pieces. Parts
 * that differ from item to item, such as time, value and new texts, are written straight into the buffer.
 */
export function createEncodeMetrics(): EncodeMetrics {
  const writer = createWriter();
  const items = createWriteItem(writer);

  /** Writes an item behind one that `lacksEnd` or not. Returns whether it lacks its own. */
  function write(metric: PendingMetric, lacksEnd: boolean): boolean {
    const start = writer.at();
    for (;;)
      try {
        const isWritten = items.write(metric, lacksEnd);
        if (!isWritten) {
          writer.rewind(start);
          items.begin();
          if (lacksEnd) writer.bytes(ITEM_END.bytes);
          writer.text(`${itemOf(metric)},`);
        }
        writer.reserve(ITEM_END.bytes.length + END.length);
        return isWritten;
      } catch (error) {
        if (error !== BUFFER_FULL) throw error;
        writer.rewind(start);
        items.begin();
        writer.grow();
      }
  }

  /** The position behind the last item with its end. */
  const endOfItem = (lacksEnd: boolean): number =>
    writer.at() + (lacksEnd ? ITEM_END.bytes.length : 0) - COMMA_BYTES;

  return function encode(metrics, head, maxBytes) {
    writer.begin();
    const limit = writer.at() + maxBytes - END.length;
    writer.text(`${head},"items":[`);
    items.begin();
    let count = 0;
    let lacksEnd = false;
    for (const metric of metrics) {
      const end = writer.at();
      const lacksOwnEnd = write(metric, lacksEnd);
      if (count > 0 && endOfItem(lacksOwnEnd) > limit) {
        writer.rewind(end);
        break;
      }
      lacksEnd = lacksOwnEnd;
      count++;
    }
    if (lacksEnd) writer.bytes(ITEM_END.bytes);
    if (count > 0) writer.rewind(writer.at() - COMMA_BYTES);
    writer.bytes(END);
    const payload = writer.take();
    return { payload, count, bytes: payload.length };
  };
}

let shared: EncodeMetrics | undefined;

/** The one encoder of the process, made when the first metrics are sent. */
export const encodeMetrics: EncodeMetrics = (...args) =>
  (shared ??= createEncodeMetrics())(...args);

/** One metric, encoded by core. */
function itemOf(metric: PendingMetric): string {
  const { payload } = encodeBySerializing([metric], "", Infinity, (text) => Buffer.from(text));
  return String(payload).slice(',"items":['.length, -"]}".length);
}
