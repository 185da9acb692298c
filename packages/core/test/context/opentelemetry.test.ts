import { describe, expect, test } from "vitest";
import { openTelemetryTraceSource } from "../../src/index.js";

const API = Symbol.for("opentelemetry.js.api.1");
const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");
const context = { traceId: "a".repeat(32), spanId: "b".repeat(16) };

describe("openTelemetryTraceSource", () => {
  test("returns undefined and adds no global without OpenTelemetry", () => {
    const global = {};
    expect(openTelemetryTraceSource(global)()).toBeUndefined();
    expect(Reflect.ownKeys(global)).toEqual([]);
  });

  test("returns the active span, and undefined outside a span", () => {
    const values = new Map<symbol, unknown>();
    const active = { getValue: (key: symbol) => values.get(key) };
    const source = openTelemetryTraceSource({ [API]: { context: { active: () => active } } });
    expect(source()).toBeUndefined();
    values.set(SPAN, { spanContext: () => context });
    expect(source()).toMatchObject(context);
  });

  test("detects an SDK that registers later", () => {
    const global: { [API]?: object } = {};
    const source = openTelemetryTraceSource(global);
    expect(source()).toBeUndefined();
    global[API] = {};
    expect(source()).toBeUndefined();
    const active = { getValue: () => ({ spanContext: () => context }) };
    global[API] = { context: { active: () => active } };
    expect(source()).toMatchObject(context);
  });
});
