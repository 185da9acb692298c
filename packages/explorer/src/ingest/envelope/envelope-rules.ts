import type { RelayNote } from "../../model/note-code.js";
import type { EnvelopeItem } from "./envelope.js";

/** `max_container_size` of Relay. */
const MAX_CONTAINER_BYTES = 12 * 1024 ** 2;
/** Relay compares the mean size of the metrics of a container with the limit for one metric. */
const MAX_MEAN_BYTES = 1024 ** 2;

/** Returns why Relay responds with 413 to an envelope, or `undefined` when it does not. */
export function checkEnvelope(items: readonly EnvelopeItem[]): RelayNote | undefined {
  const containers = items.filter((item) => item.type === "trace_metric");
  if (containers.length > 1) {
    const message = `The envelope has ${containers.length} trace_metric containers, one is allowed`;
    return { code: "duplicate_item", message };
  }
  const [container] = containers;
  if (container === undefined) return undefined;
  const bytes = container.payload.length;
  const count = Number(container.header["item_count"]) || 1;
  if (bytes > MAX_CONTAINER_BYTES) {
    return tooLarge(
      `The metric container has ${bytes} bytes, at most ${MAX_CONTAINER_BYTES} are allowed`,
    );
  }
  if (bytes / count > MAX_MEAN_BYTES) {
    return tooLarge(
      `The metrics have ${Math.round(bytes / count)} bytes on average, at most ${MAX_MEAN_BYTES} are allowed`,
    );
  }
  return undefined;
}

const tooLarge = (message: string): RelayNote => ({ code: "too_large", message });
