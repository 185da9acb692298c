import type { TransportOptions } from "@spanmeter/core";

/** One or several certificates in PEM format, as text or bytes. */
export type CaCerts = string | Uint8Array | (string | Uint8Array)[];

/** The `transportOptions` that `httpTransport` reads. All of them are optional. */
export type HttpSettings = {
  /**
   * Headers added to every request. They replace headers of the transport with the same name.
   * @default `{}`
   */
  headers?: { [name: string]: string };
  /**
   * The proxy, as `http://user:password@host:port` or `https://...`. `false` uses none and ignores the
   * environment. Hosts in `no_proxy` or `NO_PROXY` are always reached without a proxy.
   * @default the environment: for an https target `https_proxy` or `HTTPS_PROXY`, then `http_proxy` or `HTTP_PROXY`
   */
  proxy?: string | false;
  /**
   * Certificates to trust instead of node's, for the target and for an https proxy. PEM.
   * @default the certificates that come with node
   */
  caCerts?: CaCerts;
  /**
   * Whether connections stay open between requests.
   * @default true
   */
  keepAlive?: boolean;
  /**
   * The longest time for one send in all, in milliseconds. A client of Spanmeter never waits longer than
   * its `sendTimeout`.
   * @default the `sendTimeout` of the client; 10000 in other SDKs
   */
  timeout?: number;
};

/** The options of `httpTransport`: those of every transport, and {@link HttpSettings}. */
export interface HttpTransportOptions extends TransportOptions, Omit<HttpSettings, "headers"> {}
