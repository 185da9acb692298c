import { createPipeline, fixedDestination } from "@spanmeter/core";
import type { Options, Pipeline, TransportOptions } from "@spanmeter/core";
import { pageServices } from "../platform.js";
import { createRuntime } from "../runtime.js";
import type { IntakePart } from "./parts.js";
import { throughFetch, type MakeTransport } from "./through-fetch.js";

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
  const transport = deliver ? throughFetch(make, deliver) : make;
  return createPipeline(
    options,
    { ...pageServices(runtime, parts), ...pageEnd, transport },
    fixedDestination(transport, transportOptions),
  );
}
