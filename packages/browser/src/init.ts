import { createClient as createCoreClient } from "@spanmeter/core";
import type { Client, Options } from "@spanmeter/core";
import {
  beforeSend,
  waitForSentry,
  folding,
  openTelemetry,
  pageStorage,
  pageTrace,
  sampling,
  sentry,
  spotlight,
  trimming,
} from "./parts.js";
import { makeCurrentOnPage } from "./make-current.js";
import { browserPlatform } from "./platform.js";

/**
 * Makes the client that `metrics` records with from now on; metrics recorded earlier are sent by it.
 *
 * @example
 * init({ dsn: "https://key@o1.ingest.sentry.io/2", release: "shop@1.4.0" });
 */
export function init(options: Options = {}): Client {
  return makeCurrentOnPage(() => createClient(options));
}

/** Makes a client that shares nothing with the current one; several may live side by side. */
export function createClient(options: Options): Client {
  return createCoreClient(
    options,
    browserPlatform([
      sentry(),
      openTelemetry(),
      pageTrace(),
      sampling(),
      beforeSend(),
      trimming(),
      folding(),
      waitForSentry(),
      pageStorage(),
      spotlight(),
    ]),
  );
}
