import type { Options } from "../contract/options.js";
import type { Transport, TransportFactory } from "../contract/transport.js";

/** The members of a Sentry client that are used: public methods of 8 to 11. */
export interface SentryClient {
  getDsn(): SentryDsn | undefined;
  getOptions(): SentryClientSettings;
  getSdkMetadata?(): { readonly sdk?: { readonly name?: string; readonly version?: string } };
  /** Of majors 10 and 11. */
  getDataCollectionOptions?(): { readonly userInfo?: boolean };
  /** Absent when the SDK is turned off, or has no DSN. */
  getTransport(): Transport | undefined;
  on?(hook: string, callback: (argument: never) => void): unknown;
  emit?(hook: string): void;
}

/** A DSN in pieces. */
export interface SentryDsn {
  readonly protocol: string;
  readonly publicKey?: string;
  readonly host: string;
  readonly port?: string;
  readonly path?: string;
  readonly projectId: string;
}

/** Options of a Sentry client with its own defaults filled in, as far as they concern metrics. */
export interface SentryClientSettings {
  readonly dsn?: unknown;
  readonly transport?: TransportFactory;
  readonly transportOptions?: object;
  readonly tunnel?: string;
  readonly release?: string;
  readonly environment?: string;
  readonly dist?: string;
  readonly serverName?: string;
  readonly debug?: boolean;
  readonly spotlight?: boolean | string;
  readonly sendClientReports?: boolean;
  readonly enableMetrics?: boolean;
  readonly beforeSendMetric?: Options["beforeSendMetric"];
  readonly sendDefaultPii?: boolean;
  /** Of major 10. */
  readonly _experiments?: Pick<SentryClientSettings, "enableMetrics" | "beforeSendMetric">;
}
