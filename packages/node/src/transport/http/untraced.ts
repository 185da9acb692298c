/**
 * The keys below are those of Sentry's SDKs 8 to 11 and of `@opentelemetry/core`. Everything is read
 * from globals: no import, no cost, and no traces of it where those SDKs are absent.
 */
const OTEL_API = Symbol.for("opentelemetry.js.api.1");
const OTEL_SUPPRESSED = Symbol.for("OpenTelemetry SDK Context Key SUPPRESS_TRACING");
const SENTRY_SUPPRESSED = "__SENTRY_SUPPRESS_TRACING__";

/** Runs a function without tracing it. */
type Suppressor = <T>(fn: () => T) => T;

interface OtelContext {
  setValue(key: symbol, value: unknown): OtelContext;
}
interface OtelManager {
  active(): OtelContext;
  with<T>(context: OtelContext, fn: () => T): T;
}
interface SentryScope {
  setSDKProcessingMetadata(data: Record<string, unknown>): void;
}
interface SentryStrategy {
  suppressTracing?<T>(fn: () => T): T;
  withScope?<T>(fn: (scope: SentryScope) => T): T;
}

/**
 * Calls `fn` so that neither a Sentry SDK nor OpenTelemetry makes a span of the request it sends or adds
 * trace headers to it: a client must not show up in its own measurements.
 */
export function untraced<A extends unknown[], T>(fn: (...args: A) => T, ...args: A): T {
  const suppressors = findSuppressors();
  if (suppressors.length === 0) return fn(...args);
  let isStarted = false;
  function start(): T {
    isStarted = true;
    return fn(...args);
  }
  try {
    return suppressors.reduce(nest, start)();
  } catch (error) {
    // An error of another SDK must not stop a send; errors of `fn` are passed on.
    if (isStarted) throw error;
    return fn(...args);
  }
}

function nest<T>(inner: () => T, suppress: Suppressor): () => T {
  return function suppressed() {
    return suppress(inner);
  };
}

function findSuppressors(): Suppressor[] {
  try {
    return [...sentrySuppressors(), ...otelSuppressors()];
  } catch {
    return [];
  }
}

function otelSuppressors(): Suppressor[] {
  const api = (globalThis as Record<symbol, unknown>)[OTEL_API] as { context?: OtelManager };
  const manager = api?.context;
  if (manager === undefined) return [];
  return [
    function suppressByOtel(fn) {
      return manager.with(manager.active().setValue(OTEL_SUPPRESSED, true), fn);
    },
  ];
}

function sentrySuppressors(): Suppressor[] {
  const carriers = (globalThis as Record<string, unknown>)["__SENTRY__"];
  if (typeof carriers !== "object" || carriers === null) return [];
  return Object.values(carriers).flatMap((carrier: { acs?: SentryStrategy } | string | undefined) =>
    typeof carrier === "object" ? (suppressorOf(carrier.acs) ?? []) : [],
  );
}

/** Does what `Sentry.suppressTracing` does, by the copy of the SDK that is loaded. */
function suppressorOf(strategy: SentryStrategy | undefined): Suppressor | undefined {
  if (strategy?.suppressTracing)
    return function suppressBySentry(fn) {
      return strategy.suppressTracing!(fn);
    };
  if (!strategy?.withScope) return undefined;
  return function suppressByScope(fn) {
    return strategy.withScope!((scope) => {
      scope.setSDKProcessingMetadata({ [SENTRY_SUPPRESSED]: true });
      return fn();
    });
  };
}
