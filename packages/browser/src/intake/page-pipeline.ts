import { createPipeline, fixedDestination, secondInstance } from "@spanmeter/core";
import type { Options, Pipeline, TransportOptions } from "@spanmeter/core";
import { pageServices } from "../platform.js";
import { createRuntime } from "../runtime.js";
import type { IntakePart } from "./parts.js";
import { throughFetch, type MakeTransport } from "./through-fetch.js";

/**
 * The SDK hands over up to 1000 metrics at once, and its own transport holds 40 such envelopes: as many fit here before
 * anything is folded. One request at a time fits the keepalive budget.
 */
const DEFAULTS = { maxQueueItems: 40_000, maxQueueBytes: 32 * 2 ** 20, maxInFlight: 1 };
/** The SDK itself waits as long as it takes. A send that is given up too early arrives twice. */
const SEND_TIMEOUT_MS = 30_000;

/** Makes the pipeline of metrics that leave through an instance of a Sentry SDK's transport. */
export function createPagePipeline(
  make: MakeTransport,
  transportOptions: Omit<TransportOptions, "recordDroppedEvent">,
  options: Options,
  parts: readonly IntakePart[],
): Pipeline {
  const runtime = createRuntime();
  const { storage, createPageEnd }: IntakePart = Object.assign({}, ...parts);
  const { deliver, ...pageEnd } = createPageEnd?.(runtime, storage) ?? {};
  const makeSecond = secondInstance(make);
  const transport = deliver ? throughFetch(makeSecond, deliver) : makeSecond;
  const services = pageServices(runtime, parts);
  return createPipeline(
    { sendTimeout: SEND_TIMEOUT_MS, ...options },
    {
      ...services,
      ...pageEnd,
      defaults: { ...services.defaults, ...DEFAULTS },
      transport,
    },
    fixedDestination(transport, transportOptions),
  );
}
