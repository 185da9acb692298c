import { getClient, makeCurrent } from "@spanmeter/core";
import type { Client } from "@spanmeter/core";

/** Makes a client the current one, except on a server that renders pages: its own client stays current. */
export function makeCurrentOnPage(create: () => Client): Client {
  const onServer = typeof self === "undefined" && getClient();
  return onServer || makeCurrent(create());
}
