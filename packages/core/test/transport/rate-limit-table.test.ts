import { createFakeClock } from "@spanmeter/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { createRateLimits, type RateLimits } from "../../src/transport/rate-limit-table.js";

let clock = createFakeClock();
let limits: RateLimits;
beforeEach(() => {
  clock = createFakeClock();
  limits = createRateLimits(clock);
});

const updateQuotas = (header: string, statusCode = 200): void =>
  limits.update({ statusCode, headers: { "x-sentry-rate-limits": header, "retry-after": null } });
const updateRetryAfter = (retryAfter: string | null, statusCode = 429): void =>
  limits.update({
    statusCode,
    headers: { "x-sentry-rate-limits": null, "retry-after": retryAfter },
  });

/** How long these categories stay limited, in milliseconds. */
async function limitMs(...categories: string[]): Promise<number> {
  const ms = Math.max(0, limits.left(...categories));
  if (ms === 0) return 0;
  await clock.advance(ms - 1);
  expect(limits.left(...categories)).toBeGreaterThan(0);
  await clock.advance(1);
  expect(limits.left(...categories)).toBeLessThanOrEqual(0);
  return ms;
}

describe("X-Sentry-Rate-Limits", () => {
  test.each<[string, string[], number]>([
    ["60:trace_metric:organization", ["trace_metric"], 60_000],
    ["60:trace_metric_byte:organization", ["trace_metric", "trace_metric_byte"], 60_000],
    ["60:error;trace_metric:key", ["trace_metric"], 60_000],
    ["60:error;trace_metric", ["trace_metric"], 60_000],
    ["60::organization", ["trace_metric"], 60_000],
    ["60:", ["trace_metric"], 60_000],
    ["60", ["trace_metric"], 60_000],
    ["2.5:trace_metric:organization", ["trace_metric"], 2500],
    ["0.1:trace_metric:organization", ["trace_metric"], 100],
    [" 60 : trace_metric : organization ", ["trace_metric"], 60_000],
    ["60:trace_metric:organization:quota_exceeded:custom;other:more", ["trace_metric"], 60_000],
    ["10:trace_metric:key, 60:trace_metric:organization", ["trace_metric"], 60_000],
    ["60:trace_metric:key, 10:trace_metric:organization", ["trace_metric"], 60_000],
    ["10:trace_metric:key,60:trace_metric_byte:key", ["trace_metric", "trace_metric_byte"], 60_000],
    ["nonsense:trace_metric:key", ["trace_metric"], 60_000],
  ])("%j limits %j", async (header, categories, milliseconds) => {
    updateQuotas(header);
    expect(await limitMs(...categories)).toBe(milliseconds);
  });

  test.each([
    ["60:error:organization"],
    ["60:transaction;error;attachment:key"],
    ["60:a_category_of_the_future:organization"],
    ["0:trace_metric:organization"],
  ])("%j does not limit metrics", (header) => {
    updateQuotas(header);
    expect(limits.left("trace_metric", "trace_metric_byte")).toBeLessThanOrEqual(0);
  });

  test("does not limit all categories because of an empty entry in a list", () => {
    updateQuotas("60:error;:organization");
    expect(limits.left("trace_metric")).toBeLessThanOrEqual(0);
  });

  test("applies on any status", () => {
    updateQuotas("60:trace_metric:organization", 503);
    expect(limits.left("trace_metric")).toBeGreaterThan(0);
  });

  test("is not shortened by a later, shorter limit", async () => {
    updateQuotas("60:trace_metric:organization");
    updateQuotas("1:trace_metric:organization");
    expect(await limitMs("trace_metric")).toBe(60_000);
  });

  test("on all categories is not shortened by one on metrics", async () => {
    updateQuotas("60::organization");
    updateQuotas("1:trace_metric:organization");
    expect(await limitMs("trace_metric")).toBe(60_000);
  });

  test("counts from the time of the answer", async () => {
    updateQuotas("60:trace_metric:organization");
    await clock.advance(50_000);
    updateQuotas("60:trace_metric:organization");
    expect(await limitMs("trace_metric")).toBe(60_000);
  });

  test("takes precedence over Retry-After on a 429", () => {
    limits.update({
      statusCode: 429,
      headers: { "x-sentry-rate-limits": "60:error:organization", "retry-after": "60" },
    });
    expect(limits.left("trace_metric")).toBeLessThanOrEqual(0);
  });

  test("has a bounded number of categories", () => {
    for (let i = 0; i < 10_000; i += 1) updateQuotas(`60:category_${i}:organization`);
    expect(limits.left("category_0")).toBeGreaterThan(0);
    expect(limits.left("category_9999")).toBeLessThanOrEqual(0);
  });
});

describe("Retry-After", () => {
  test.each<[string | null, number]>([
    ["7", 7000],
    ["2.5", 2500],
    [null, 60_000],
    ["", 60_000],
    ["soon", 60_000],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 30_000],
  ])("%j on a 429 limits all categories for %i ms", async (header, milliseconds) => {
    updateRetryAfter(header);
    expect(limits.left("error")).toBeGreaterThan(0);
    expect(await limitMs("trace_metric")).toBe(milliseconds);
  });

  test("with a date in the past limits nothing", () => {
    updateRetryAfter("Thu, 01 Jan 2015 00:00:30 GMT");
    expect(limits.left("trace_metric")).toBeLessThanOrEqual(0);
  });

  test("on other statuses limits nothing", () => {
    updateRetryAfter("60", 200);
    updateRetryAfter("60", 503);
    expect(limits.left("trace_metric")).toBeLessThanOrEqual(0);
  });

  test("defaults to 60 seconds when a 429 has no headers", async () => {
    limits.update({ statusCode: 429 });
    expect(await limitMs("trace_metric")).toBe(60_000);
  });
});

test("answers without headers set no limit", () => {
  limits.update({});
  limits.update({ statusCode: 200 });
  expect(limits.left("trace_metric", "trace_metric_byte")).toBeLessThanOrEqual(0);
});
