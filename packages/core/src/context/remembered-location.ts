import type { AttributeMap } from "../contract/metric.js";
import type { Settings } from "../contract/options.js";
import type { PlainCalls, RememberedLocation } from "../contract/part.js";
import type { Location } from "../contract/stage.js";
import { isEmpty } from "./known-scopes.js";
import {
  spanRefOf,
  type Carrier,
  type ScopeStorage,
  type SentryClient,
  type SentryScope,
  type SentrySpan,
  type SentryState,
} from "./sentry.js";

/** Everything that the trace and the attributes of a call are read from, where no scope has attributes. */
class View {
  readonly acs: Carrier["acs"];
  readonly globalScope: SentryScope | undefined;
  /** Where both scopes are in one object: reading that is faster than reading them. */
  readonly storage: ScopeStorage | undefined;
  readonly store: unknown;
  // Empty: an SDK replaces them when it adds one.
  readonly currentAttributes: object | undefined;
  readonly isolationAttributes: object | undefined;
  readonly globalAttributes: object | undefined;

  constructor(
    readonly carrier: Carrier,
    readonly client: SentryClient,
    readonly current: SentryScope,
    readonly isolation: SentryScope,
    readonly spanRef: SentrySpan,
  ) {
    this.acs = carrier.acs;
    const storage = carrier.acs?.getTracingChannelBinding?.()?.asyncLocalStorage;
    const store = storage?.getStore();
    const hasBoth = store?.scope === current && store.isolationScope === isolation;
    this.storage = hasBoth ? storage : undefined;
    this.store = store;
    this.globalScope = carrier.globalScope;
    this.currentAttributes = current._attributes;
    this.isolationAttributes = isolation._attributes;
    this.globalAttributes = carrier.globalScope?._attributes;
  }
}

function isSame(view: View): boolean {
  const { carrier, current, isolation, globalScope } = view;
  const { acs } = carrier;
  return (
    acs === view.acs &&
    (view.storage === undefined
      ? acs!.getCurrentScope!() === current && acs!.getIsolationScope!() === isolation
      : view.storage.getStore() === view.store) &&
    carrier.globalScope === globalScope &&
    current.getClient!() === view.client &&
    current._attributes === view.currentAttributes &&
    isolation._attributes === view.isolationAttributes &&
    globalScope?._attributes === view.globalAttributes &&
    spanRefOf(current, carrier) === view.spanRef
  );
}

/** Remembers the location of the last call. `read` returns the state of the SDK that it was read from. */
export function rememberLocation(
  { locate, isOfSdk, surrounding }: PlainCalls,
  // The application's user is no part of a view.
  settings: Pick<Settings, "sendDefaultPii">,
  read: () => SentryState | undefined,
): RememberedLocation {
  let view: View | undefined;
  let inner: AttributeMap | undefined;
  let location: Location | undefined;
  let mayRemember = true;

  function isUnchanged(): boolean {
    try {
      return (
        view !== undefined && isSame(view) && surrounding() === inner && !settings.sendDefaultPii
      );
    } catch {
      return false;
    }
  }

  function readLocation(): Location {
    const found = locate();
    view = undefined;
    try {
      const state = read();
      view = state && !settings.sendDefaultPii ? viewOf(state) : undefined;
    } catch {
      // What cannot be read is not remembered.
    }
    mayRemember = view !== undefined;
    if (!mayRemember) return found;
    // What other sources say may change unnoticed.
    if (!isOfSdk(found.trace)) view = undefined;
    inner = surrounding();
    return (location = found);
  }

  const remembered = (): Location => (isUnchanged() ? (location as Location) : readLocation());

  return {
    locate: remembered,
    around: () => (mayRemember ? remembered().sharedAttributes : undefined),
    forget() {
      view = undefined;
    },
  };
}

function viewOf({ carrier, client, current, isolation }: SentryState): View | undefined {
  const spanRef = spanRefOf(current, carrier);
  if (!spanRef || !carrier.acs?.getCurrentScope || !isolation) return undefined;
  for (const scope of [current, isolation, carrier.globalScope])
    if (scope && !(scope._attributes && isEmpty(scope._attributes))) return undefined;
  return new View(carrier, client, current, isolation, spanRef);
}
