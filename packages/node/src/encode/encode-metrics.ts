import { Buffer } from "node:buffer";
import { encodeMetrics as encodeBySerializing } from "@spanmeter/core";
import type { EncodeMetrics, PendingMetric } from "@spanmeter/core";
import { createWriteItem } from "./item.js";
import { pieceOf } from "./pieces.js";
import { BUFFER_FULL, createWriter } from "./writer.js";

const END = pieceOf("]}").bytes;

/**
 * Makes an encoder that writes the bytes that core's encoder would write, but from cached pieces. Parts
 * that differ from item to item, such as time, value and new texts, are written straight into the buffer.
 */
export function createEncodeMetrics(): EncodeMetrics {
  const writer = createWriter();
  const items = createWriteItem(writer);

  function write(metric: PendingMetric): void {
    const start = writer.at();
    for (;;)
      try {
        if (!items.write(metric)) {
          writer.rewind(start);
          items.begin();
          writer.text(`${itemOf(metric)},`);
        }
        return writer.reserve(END.length);
      } catch (error) {
        if (error !== BUFFER_FULL) throw error;
        writer.rewind(start);
        items.begin();
        writer.grow();
      }
  }

  return function encode(metrics, head, maxBytes) {
    writer.begin();
    const limit = writer.at() + maxBytes - END.length;
    writer.text(`${head},"items":[`);
    items.begin();
    let count = 0;
    for (const metric of metrics) {
      const end = writer.at();
      write(metric);
      // The last comma is removed.
      if (count > 0 && writer.at() - 1 > limit) {
        writer.rewind(end);
        break;
      }
      count++;
    }
    if (count > 0) writer.rewind(writer.at() - 1);
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
