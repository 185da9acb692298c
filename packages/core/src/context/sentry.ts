import type { ScopeLike, Trace, TraceIds, TraceSource } from "../contract/metric.js";

/**
 * Reads the trace and the scopes of an official Sentry SDK, whichever copy and major (8 to 11) is on
 * the page or in the process. It only ever reads: `__SENTRY__` is never created or changed. The
 * fields are those of docs/protocol.md#sentry-carrier, and are spanRef to the real packages by tests.
 */

/** The state of the copy in use. */
export interface SentryState {
  readonly carrier: Carrier;
  client: SentryClient;
  current: SentryScope;
  isolation: SentryScope | undefined;
}

/** A client of a Sentry SDK. */
export interface SentryClient {
  getOptions?(): SentryOptions | undefined;
}

/** Options of a Sentry client, as far as they concern metrics. */
export interface SentryOptions {
  /** `false` turns the SDK off. */
  enabled?: boolean;
  dsn?: string;
  tunnel?: string;
  release?: string;
  environment?: string;
  dist?: string;
  sendDefaultPii?: boolean;
  /** Replaces `sendDefaultPii` in major 11. */
  dataCollection?: { userInfo?: boolean };
}

/** A Sentry scope with the fields that carry its span: `refs.span` in 11, `_sentrySpan` before. */
export interface SentryScope extends ScopeLike {
  getClient?(): SentryClient | undefined;
  getScopeData?(): { attributes?: object; user?: SentryUser };
  refs?: { span?: SentrySpan };
  _sentrySpan?: SentrySpan;
  /** Of majors 10 and 11. */
  _attributes?: object;
  _user?: SentryUser;
}

export interface SentryUser {
  id?: unknown;
  username?: unknown;
  email?: unknown;
}

/** A span, or a weak reference to one. */
export interface SentrySpan {
  spanContext?(): Trace;
  deref?(): SentrySpan | undefined;
}

/** The async context strategy of a server SDK, or the stack of a browser SDK. */
interface Scopes {
  getCurrentScope?(): SentryScope;
  getScope?(): SentryScope;
  getIsolationScope?(): SentryScope;
  getActiveSpan?(scope: SentryScope): SentrySpan | undefined;
  /** Of major 11: the storage of both scopes, which are in one object that never changes. */
  getTracingChannelBinding?(): { asyncLocalStorage?: ScopeStorage } | undefined;
}

/** An `AsyncLocalStorage` with the scopes of a server SDK. */
export interface ScopeStorage {
  getStore(): { scope?: SentryScope; isolationScope?: SentryScope } | undefined;
}

export interface Carrier {
  acs?: Scopes;
  stack?: Scopes;
  defaultCurrentScope?: SentryScope;
  globalScope?: SentryScope;
  externalPropagationContextProvider?(): Trace | undefined;
}

interface SentryGlobal {
  /** Of the copies by version, the first one to be loaded first. */
  __SENTRY__?: { [version: string]: Carrier };
}

/** The current client of each copy that is in use. */
export function sentryClients(global: object): SentryClient[] {
  const carriers = Object.values((global as SentryGlobal).__SENTRY__ ?? {});
  return carriers.flatMap((carrier) => readCarrier(carrier)?.client ?? []);
}

/** Brings the state of the copy that was in use last time up to date, else that of the first one that is in use. */
export function readSentry(global: object, last?: SentryState): SentryState | undefined {
  if (last && update(last)) return last;
  let state: SentryState | undefined;
  const all = (global as SentryGlobal).__SENTRY__;
  for (const key in all) state ??= readCarrier(all[key]);
  return state;
}

function readCarrier(carrier: Carrier = {}): SentryState | undefined {
  const state = { carrier } as SentryState;
  return update(state) ? state : undefined;
}

// Copies without a client are merely imported, not in use: their trace would shadow a real one.
function update(state: SentryState): boolean {
  const { carrier } = state;
  const scopes = carrier.acs ?? carrier.stack;
  const current =
    scopes?.getCurrentScope?.() ?? scopes?.getScope?.() ?? carrier.defaultCurrentScope;
  const client = current?.getClient?.();
  if (!current || !client) return false;
  state.client = client;
  state.current = current;
  state.isolation = scopes?.getIsolationScope?.();
  return true;
}

/** The span of a scope, or a weak reference to it. */
export const spanRefOf = (scope: SentryScope, carrier?: Carrier): SentrySpan | undefined =>
  carrier?.acs?.getActiveSpan?.(scope) ?? scope.refs?.span ?? scope._sentrySpan;

/** The ids of a span, unless it is gone: a scope may outlive the span that it holds weakly. */
export const idsOf = (spanRef: SentrySpan | undefined): Trace | undefined =>
  (spanRef?.deref ? spanRef.deref() : spanRef)?.spanContext?.();

// The span that was read last, or the weak reference to it, and its ids: they never change.
let lastRef: SentrySpan | undefined;
let lastIds: Trace | undefined;

/**
 * The trace of a scope: its span, else the one that OpenTelemetry gave to its copy, else its
 * propagation context. A scope handed over by the application comes without a copy.
 */
export function traceOf(scope: SentryScope, carrier?: Carrier): TraceIds {
  const spanRef = spanRefOf(scope, carrier);
  if (spanRef !== lastRef || !lastIds) {
    lastIds = idsOf(spanRef);
    lastRef = spanRef;
  }
  return (
    lastIds ??
    carrier?.externalPropagationContextProvider?.() ?? {
      traceId: scope.getPropagationContext?.().traceId,
    }
  );
}

/** The active span, else the propagation context, of a Sentry SDK; nothing when there is none. */
export function sentryTraceSource(global: object): TraceSource {
  let sentry: SentryState | undefined;
  return () => {
    sentry = readSentry(global, sentry);
    const { traceId, spanId } = (sentry && traceOf(sentry.current, sentry.carrier)) ?? {};
    return traceId ? { traceId, spanId } : undefined;
  };
}
