import type { ScopeLike, Trace, TraceSource } from "../metric.js";

/**
 * Reads the trace and the scopes of an official Sentry SDK, whichever copy and major (8 to 11) is on
 * the page or in the process. It only ever reads: `__SENTRY__` is never created or changed. The
 * fields are those of wire.md 6.3 and 6.4, and are held to the real packages by tests.
 */
export interface SentryReader {
  /** Global, isolation and current scope, as far as they exist; `current` may be given. */
  scopes(current?: ScopeLike): readonly (SentryScope | undefined)[];
  /** The client in use. */
  client(): unknown;
  trace: TraceSource;
}

/** A Sentry scope with the fields that carry its span: `refs.span` in 11, `_sentrySpan` before. */
export interface SentryScope extends ScopeLike {
  getClient?(): unknown;
  getScopeData?(): { attributes?: Record<string, unknown>; user?: SentryUser };
  refs?: { span?: MaybeWeak<SentrySpan> };
  _sentrySpan?: MaybeWeak<SentrySpan>;
  /** Of majors 10 and 11. */
  _attributes?: Record<string, unknown>;
}

export interface SentryUser {
  id?: unknown;
  username?: unknown;
  email?: unknown;
}

interface SentrySpan {
  spanContext(): { traceId: string; spanId: string };
}

type MaybeWeak<T> = T | { deref(): T | undefined };

/** The async context strategy of a server SDK, or the stack of a browser SDK. */
interface Scopes {
  getCurrentScope?(): SentryScope;
  getScope?(): SentryScope;
  getIsolationScope?(): SentryScope;
  getActiveSpan?(scope: SentryScope): SentrySpan | undefined;
}

interface Carrier {
  acs?: Scopes;
  stack?: Scopes;
  defaultCurrentScope?: SentryScope;
  defaultIsolationScope?: SentryScope;
  globalScope?: SentryScope;
  externalPropagationContextProvider?(): { traceId?: string; spanId?: string } | undefined;
}

interface SentryGlobal {
  __SENTRY__?: { [version: string]: Carrier } & { version?: never };
}

export function createSentryReader(global: object): SentryReader {
  // The carrier that had a client last time is asked first; all copies are scanned when it lost it.
  let known: Carrier | undefined;

  // Copies without a client are merely imported, not in use: their trace would shadow a real one.
  function inUse(): SentryScope | undefined {
    const scope = known && scopeInUse(known);
    if (scope) return scope;
    const all = (global as SentryGlobal).__SENTRY__;
    known = all && [all[all.version ?? ""], ...Object.values(all)].find(scopeInUse);
    return known && scopeInUse(known);
  }

  return {
    scopes(given) {
      const current = inUse();
      if (!known) return given ? [given] : NONE;
      return [
        known?.globalScope,
        known?.acs?.getIsolationScope?.() ??
          known?.stack?.getIsolationScope?.() ??
          known?.defaultIsolationScope,
        given ?? current,
      ];
    },
    client: () => inUse()?.getClient?.(),
    trace() {
      const scope = inUse();
      return (
        scope &&
        (known?.acs?.getActiveSpan?.(scope)?.spanContext() ??
          spanTrace(scope) ??
          external(known) ??
          propagationTrace(scope))
      );
    },
  };
}

const NONE: readonly [] = [];

/** The trace of one scope handed over by the application: its span, else its propagation context. */
export function scopeTrace(scope: ScopeLike): Trace | undefined {
  return spanTrace(scope) ?? propagationTrace(scope);
}

/** The current scope of a copy that has a client. */
function scopeInUse(carrier: Carrier | undefined): SentryScope | undefined {
  const scope =
    carrier?.acs?.getCurrentScope?.() ??
    carrier?.stack?.getScope?.() ??
    carrier?.defaultCurrentScope;
  return scope?.getClient?.() ? scope : undefined;
}

function spanTrace(scope: SentryScope): Trace | undefined {
  const held = scope.refs?.span ?? scope._sentrySpan;
  return (held && "deref" in held ? held.deref() : held)?.spanContext();
}

/** A trace that OpenTelemetry gave to the SDK counts only when there is one. */
function external(carrier: Carrier | undefined): Trace | undefined {
  const { traceId, spanId } = carrier?.externalPropagationContextProvider?.() ?? {};
  return traceId ? { traceId, spanId } : undefined;
}

function propagationTrace(scope: ScopeLike): Trace | undefined {
  const traceId = scope.getPropagationContext?.().traceId;
  return traceId ? { traceId } : undefined;
}

/** The active span, else the propagation context, of a Sentry SDK; nothing when there is none. */
export function sentryTraceSource(global: object): TraceSource {
  return createSentryReader(global).trace;
}
