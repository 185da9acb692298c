import { expect, test } from "vitest";
import { readEnvironment, resolveSpotlight } from "../../src/options/environment.js";

test("reads DSN, release and environment from Sentry's variables", () => {
  const env = { SENTRY_DSN: " http://k@host/1 ", SENTRY_RELEASE: "1.2", SENTRY_ENVIRONMENT: "qa" };
  expect(readEnvironment(env)).toEqual({
    dsn: "http://k@host/1",
    release: "1.2",
    environment: "qa",
  });
});

test("treats an empty variable as absent", () => {
  expect(readEnvironment({ SENTRY_DSN: "", SENTRY_RELEASE: "  ", SENTRY_SPOTLIGHT: "" })).toEqual(
    {},
  );
});

test.each(["1", "true", "T", "yes", "Y", "ON"])("switches spotlight on by %j", (word) => {
  expect(readEnvironment({ SENTRY_SPOTLIGHT: word }).spotlight).toBe(true);
});

test.each(["0", "false", "F", "no", "N", "Off"])("switches spotlight off by %j", (word) => {
  expect(readEnvironment({ SENTRY_SPOTLIGHT: word }).spotlight).toBe(false);
});

test("reads any other word as the explorer's URL", () => {
  const url = "http://localhost:9000/stream";
  expect(readEnvironment({ SENTRY_SPOTLIGHT: url }).spotlight).toBe(url);
});

test("the spotlight option takes precedence; `true` takes the URL of the environment", () => {
  expect(resolveSpotlight(false, "http://a/")).toBe(false);
  expect(resolveSpotlight("http://b/", "http://a/")).toBe("http://b/");
  expect(resolveSpotlight(true, "http://a/")).toBe("http://a/");
  expect(resolveSpotlight(true, false)).toBe(true);
  expect(resolveSpotlight(undefined, true)).toBe(true);
  expect(resolveSpotlight(undefined, undefined)).toBeUndefined();
});
