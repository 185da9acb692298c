import { createPipeline, createClientOn, fixedDestination } from "@spanmeter/core";
import type { Pipeline } from "@spanmeter/core";
import { expect, test } from "vitest";
import { fetchTransport } from "../../src/edge/fetch-transport.js";
import { edgePlatform } from "../../src/edge/platform.js";
import { sharedPipeline } from "../../src/edge/shared-pipelines.js";
import { ingestForTest } from "../support/ingest.js";

const open = (url: string, enableMetrics = true): Pipeline =>
  createPipeline({ enableMetrics }, edgePlatform(), fixedDestination(fetchTransport, { url }));

const find = (url: string): Pipeline => sharedPipeline(url, () => open(url));

const endpointOf = (origin: string, project: number): string =>
  `${origin}/api/${project}/envelope/?sentry_version=7&sentry_key=public`;

test("an endpoint keeps its pipeline", () => {
  const pipeline = find("http://127.0.0.1:9/keeps");
  expect(find("http://127.0.0.1:9/other")).not.toBe(pipeline);
  expect(find("http://127.0.0.1:9/keeps")).toBe(pipeline);
});

test("a pipeline that is off is not kept", () => {
  const url = "http://127.0.0.1:9/off";
  const off = sharedPipeline(url, () => open(url, false));
  expect(find(url)).not.toBe(off);
});

test("of more than 100 endpoints the one used longest ago is closed, and loses nothing", async () => {
  const ingest = await ingestForTest();
  const first = find(endpointOf(ingest.url, 1));
  const second = find(endpointOf(ingest.url, 2));
  createClientOn(first, {}, []).metrics.count("pending");
  for (let project = 3; project <= 100; project++) find(endpointOf(ingest.url, project));
  expect(find(endpointOf(ingest.url, 2))).toBe(second);
  find(endpointOf(ingest.url, 101));
  await ingest.waitFor(({ metrics }) => metrics.length === 1);
  await first.close();
  expect(first.stats()).toMatchObject({ recorded: 1, delivered: 1 });
  expect(find(endpointOf(ingest.url, 2))).toBe(second);
  expect(find(endpointOf(ingest.url, 1))).not.toBe(first);
  ingest.assertClean();
});
