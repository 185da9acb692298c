const { env } = process;

/** Without a DSN everything goes to a local explorer (`npx @spanmeter/explorer explorer`). */
export const dsn = env.SENTRY_DSN ?? "http://public@127.0.0.1:8969/1";
export const release = env.SENTRY_RELEASE ?? "shop@1.0.0";
export const environment = env.SENTRY_ENVIRONMENT ?? "development";
export const port = Number(env.PORT ?? 3000);
