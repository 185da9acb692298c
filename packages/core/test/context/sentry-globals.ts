/**
 * The globals of a Sentry SDK, with the attributes of its three scopes (docs/protocol.md#sentry-carrier).
 */
export function sentryWith(
  current: object,
  isolation: object = {},
  all: object = {},
  user?: object,
): object {
  const scopeOf = (attributes: object, client?: object) => ({
    getClient: () => client,
    getScopeData: () => ({ attributes, user: user ?? {} }),
    getPropagationContext: () => ({ traceId: "1".repeat(32) }),
  });
  const scope = scopeOf(current, {});
  const carrier = {
    acs: { getCurrentScope: () => scope, getIsolationScope: () => scopeOf(isolation) },
    globalScope: scopeOf(all),
  };
  return { __SENTRY__: { version: "11.0.0", "11.0.0": carrier } };
}
