import type { HonoRequest } from "hono";

/** Returns the SDK (`raven-python/6.10.0`) that a request names in a header of Sentry's authentication or in its query. */
export function clientOf(request: HonoRequest): string | undefined {
  const headers = ["x-sentry-auth", "authorization"].map((name) => request.header(name) ?? "");
  const auth = headers.find((header) => /^sentry /i.test(header)) ?? "";
  return /\bsentry_client=([^,\s]+)/.exec(auth)?.[1] ?? request.query("sentry_client");
}
