import { expect, test } from "vitest";
import { createAttributeContext } from "../../src/context/attribute-context.js";

test("has the attributes inside the function and not after it", () => {
  const context = createAttributeContext();
  const inside = context.run({ plan: "pro" }, () => context.current());
  expect(inside).toEqual({ plan: "pro" });
  expect(context.current()).toBeUndefined();
});

test("restores the outer attributes after a nested call", () => {
  const context = createAttributeContext();
  context.run({ step: 1 }, () => {
    expect(context.run({ step: 2 }, () => context.current())).toEqual({ step: 2 });
    expect(context.current()).toEqual({ step: 1 });
  });
});

test("removes the attributes when the function throws", () => {
  const context = createAttributeContext();
  const fail = (): never => {
    throw new Error("from the application");
  };
  expect(() => context.run({ plan: "pro" }, fail)).toThrow("from the application");
  expect(context.current()).toBeUndefined();
});

test("has the attributes of an async function only until its first await", async () => {
  const context = createAttributeContext();
  const seen: unknown[] = [];
  await context.run({ plan: "pro" }, async () => {
    seen.push(context.current());
    await Promise.resolve();
    seen.push(context.current());
  });
  expect(seen).toEqual([{ plan: "pro" }, undefined]);
});
