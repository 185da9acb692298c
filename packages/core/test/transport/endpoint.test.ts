import { makeDsn } from "@sentry/core";
import { describe, expect, test } from "vitest";
import { envelopeEndpoint, parseDsn } from "../../src/transport/endpoint.js";

const client = { name: "spanmeter.javascript.node", version: "0.1.0" };

describe("parseDsn", () => {
  test.each([
    "https://public@o1.ingest.sentry.io/2",
    "http://public@127.0.0.1:8969/1",
    "https://public:secret@sentry.example.com/42",
    "https://public@sentry.example.com:9000/some/path/42",
    "http://public@localhost/1",
  ])("reads %s as Sentry's SDKs do", (text) => {
    const theirs = makeDsn(text);
    const ours = parseDsn(text);
    expect(ours).toMatchObject({
      protocol: theirs?.protocol,
      publicKey: theirs?.publicKey,
      projectId: theirs?.projectId,
      host: theirs?.port ? `${theirs.host}:${theirs.port}` : theirs?.host,
      path: theirs?.path ? `${theirs.path}/` : "",
    });
  });

  test("reads IPv6 hosts and ignores space around", () => {
    expect(parseDsn(" http://public@[::1]:8969/1\n")).toMatchObject({ host: "[::1]:8969" });
  });

  test("leaves a secret out of the canonical text", () => {
    expect(parseDsn("https://public:secret@o1.ingest.sentry.io/2")?.text).toBe(
      "https://public@o1.ingest.sentry.io/2",
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
  ])("refuses %j", (text) => {
    expect(parseDsn(text)).toBeUndefined();
  });
});

describe("envelopeEndpoint", () => {
  test("carries key, version and client in the query", () => {
    const dsn = parseDsn("https://public@sentry.example.com:9000/some/path/42");
    expect(dsn && envelopeEndpoint(dsn, client)).toBe(
      "https://sentry.example.com:9000/some/path/api/42/envelope/" +
        "?sentry_version=7&sentry_key=public&sentry_client=spanmeter.javascript.node%2F0.1.0",
    );
  });
});
