import { expect, test } from "vitest";
import { bundle, runForJson } from "../support/run-script.js";
import { serverWithoutTimers } from "../support/server-without-timers.js";
import { ingestForTest } from "../support/ingest.js";

test("records and sends in a realm with timers that return numbers, and without TextEncoder, setImmediate, performance, URL, Buffer, crypto and process.getBuiltinModule", async () => {
  const ingest = await ingestForTest();
  const script = bundle("count-and-flush", "cjs");
  const end = await runForJson("poor-realm", { args: [script, ingest.dsn] });
  expect(end).toEqual({ flushed: true, delivered: 50, pending: 0, platformErrors: 0 });
  expect(ingest.metrics).toHaveLength(50);
  ingest.assertClean();
});

test("records and sends with the globals of the process", async () => {
  const { dsn, requests } = await serverWithoutTimers();
  const end = await runForJson("count-and-flush", { args: [dsn], format: "esm" });
  expect(end).toEqual({ flushed: true, delivered: 50, pending: 0, platformErrors: 0 });
  expect(requests()).toBe(1);
});
