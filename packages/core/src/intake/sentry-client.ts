import type { Options } from "../contract/options.js";
import type { Transport, TransportFactory } from "../contract/transport.js";

/** The members of a Sentry client that are used: public methods of 8 to 11. */
export interface SentryClient {
  getDsn(): SentryDsn | undefined;
  getOptions(): SentryClientSettings;
  getSdkMetadata?(): { readonly sdk?: SdkName | undefined } | undefined;
  /** Of majors 10 and 11. */
  getDataCollectionOptions?(): { readonly userInfo?: boolean | undefined };
  /** Absent when the SDK is turned off, or has no DSN. */
  getTransport(): Transport | undefined;
  on?(hook: string, callback: (argument: unknown) => void): unknown;
  emit?(hook: string): void;
}

/** The name and version of an SDK. */
interface SdkName {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
}

/** A DSN in pieces. */
export interface SentryDsn {
  readonly protocol: string;
  readonly publicKey?: string | undefined;
  readonly host: string;
  readonly port?: string | undefined;
  readonly path?: string | undefined;
  readonly projectId: string;
}

/** Options of a Sentry client with its own defaults filled in, as far as they concern metrics. */
export interface SentryClientSettings {
  readonly dsn?: unknown;
  readonly transport?: TransportFactory | undefined;
  readonly transportOptions?: object | undefined;
  readonly tunnel?: string | undefined;
  readonly release?: string | undefined;
  readonly environment?: string | undefined;
  readonly dist?: string | undefined;
  readonly serverName?: string | undefined;
  readonly debug?: boolean | undefined;
  readonly spotlight?: boolean | string | undefined;
  readonly sendClientReports?: boolean | undefined;
  readonly enableMetrics?: boolean | undefined;
  readonly beforeSendMetric?: Options["beforeSendMetric"] | undefined;
  readonly sendDefaultPii?: boolean | undefined;
  /** Of major 10: `enableMetrics` and `beforeSendMetric`. Other majors have other members. */
  readonly _experiments?: object | undefined;
}
