import { makeDsn } from "@sentry/core";
import { describe, expect, test } from "vitest";
import { envelopeEndpoint } from "../../src/transport/endpoint.js";

const client = { name: "spanmeter.javascript.node", version: "0.1.0" };

describe("envelopeEndpoint", () => {
  test("has the key, the protocol version and the client in its query", () => {
    expect(envelopeEndpoint("https://public@sentry.example.com:9000/some/path/42", client)).toBe(
      "https://sentry.example.com:9000/some/path/api/42/envelope/" +
        "?sentry_version=7&sentry_key=public&sentry_client=spanmeter.javascript.node%2F0.1.0",
    );
  });

  test.each([
    "https://public@o1.ingest.sentry.io/2",
    "http://public@127.0.0.1:8969/1",
    "https://public:secret@sentry.example.com/42",
    "https://public@sentry.example.com:9000/some/path/42",
    "http://public@localhost/1",
  ])("reads the same parts from %s as Sentry's SDKs", (dsn) => {
    const expected = makeDsn(dsn);
    const url = new URL(envelopeEndpoint(dsn, client));
    expect(url.protocol).toBe(`${expected?.protocol}:`);
    expect([url.hostname, url.port]).toEqual([expected?.host, expected?.port]);
    const path = expected?.path ? `/${expected.path}` : "";
    expect(url.pathname).toBe(`${path}/api/${expected?.projectId}/envelope/`);
    expect(url.searchParams.get("sentry_key")).toBe(expected?.publicKey);
    expect(url.href).not.toContain("secret");
  });

  test("accepts IPv6 hosts and surrounding white space", () => {
    expect(envelopeEndpoint(" http://public@[::1]:8969/1\n", client)).toContain(
      "http://[::1]:8969/api/1/envelope/",
    );
  });

  test.each([
    "",
    "nonsense",
    "https://o1.ingest.sentry.io/2",
    "https://public@o1.ingest.sentry.io/",
    "https://public@o1.ingest.sentry.io/abc",
    "ftp://public@o1.ingest.sentry.io/2",
    "https://public@/2",
    "https://pub lic@host/2",
  ])("is empty for %j", (dsn) => {
    expect(envelopeEndpoint(dsn, client)).toBe("");
  });
});
