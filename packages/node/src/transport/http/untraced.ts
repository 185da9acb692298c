/**
 * The keys below are those of Sentry's SDKs 8 to 11 and of `@opentelemetry/core`. Everything is read
 * from what is already there: no import, no cost, and nothing left behind when they are absent.
 */
const OTEL_API = Symbol.for("opentelemetry.js.api.1");
const OTEL_SUPPRESSED = Symbol.for("OpenTelemetry SDK Context Key SUPPRESS_TRACING");
const SENTRY_SUPPRESSED = "__SENTRY_SUPPRESS_TRACING__";

type Run = <T>(fn: () => T) => T;

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
 * Runs `fn` so that neither a Sentry SDK nor OpenTelemetry makes a span of the request it sends or
 * adds trace headers to it: a client must not show up in what it measures.
 */
export function untraced<T>(fn: () => T): T {
  let started = false;
  const once = (): T => {
    started = true;
    return fn();
  };
  try {
    return [...sentrySuppressors(), otelSuppressor()].reduce<() => T>(
      (inner, suppress) => () => suppress(inner),
      once,
    )();
  } catch (error) {
    // A stranger's fault must not stop a send; `fn`'s own errors stay its own.
    if (started) throw error;
    return fn();
  }
}

function otelSuppressor(): Run {
  const api = (globalThis as Record<symbol, unknown>)[OTEL_API] as { context?: OtelManager };
  const manager = api?.context;
  if (manager === undefined) return (fn) => fn();
  return (fn) => manager.with(manager.active().setValue(OTEL_SUPPRESSED, true), fn);
}

function sentrySuppressors(): Run[] {
  const carriers = (globalThis as Record<string, unknown>)["__SENTRY__"];
  if (typeof carriers !== "object" || carriers === null) return [];
  return Object.values(carriers).flatMap((carrier: { acs?: SentryStrategy } | string | undefined) =>
    typeof carrier === "object" ? (suppressorOf(carrier.acs) ?? []) : [],
  );
}

/** What `Sentry.suppressTracing` does, by way of the copy that is there. */
function suppressorOf(strategy: SentryStrategy | undefined): Run | undefined {
  if (strategy?.suppressTracing) return (fn) => strategy.suppressTracing!(fn);
  if (!strategy?.withScope) return undefined;
  return (fn) =>
    strategy.withScope!((scope) => {
      scope.setSDKProcessingMetadata({ [SENTRY_SUPPRESSED]: true });
      return fn();
    });
}
