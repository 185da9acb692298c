import type { TransportFactory } from "@spanmeter/core";
import { transform } from "esbuild";
import { expect, test } from "vitest";
import { broughtTransport } from "../../src/intake/sentry-defaults.js";
import { loadSentry, MAJORS, type Major } from "../support/sentry.js";

const makeNodeTransport = async (major: Major): Promise<TransportFactory> =>
  (await loadSentry(major)).makeNodeTransport as unknown as TransportFactory;

/** The same function after a bundler has shortened its name and those of its variables. */
async function shorten(make: TransportFactory): Promise<TransportFactory> {
  const source = `export const made = (() => ${make.toString()})();`;
  const { code } = await transform(source, { minify: true, format: "esm" });
  const url = `data:text/javascript,${encodeURIComponent(code)}`;
  return ((await import(/* @vite-ignore */ url)) as { made: TransportFactory }).made;
}

test.for(MAJORS)(
  "the transport of @sentry/node %s is its own, not the application's",
  async (major) => {
    expect(broughtTransport(await makeNodeTransport(major), {})).toBeUndefined();
  },
);

test.for(MAJORS)("so it is in @sentry/node %s when a bundler shortened its name", async (major) => {
  const make = await shorten(await makeNodeTransport(major));
  expect(make.name).not.toContain("Transport");
  expect(broughtTransport(make, {})).toBeUndefined();
});

test("a transport that wraps that of the SDK is the application's", async () => {
  const inner = await makeNodeTransport(11);
  const make: TransportFactory = (options) => inner(options);
  expect(broughtTransport(make, {})).toBe(make);
});

test("with another HTTP module the transport is the application's", async () => {
  const make = await makeNodeTransport(11);
  expect(broughtTransport(make, { httpModule: {} })).toBe(make);
});
