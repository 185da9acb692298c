import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createAttributeContext } from "../../src/context/attribute-context.js";

type Carried = Parameters<ReturnType<typeof createAttributeContext>["run"]>[0];
const carried = (text: string) => ({ text }) as unknown as Carried;

test("attributes apply to code inside, across await, and to no other code", async () => {
  const context = createAttributeContext();
  const a = carried("a");
  const inside = context.run(a, async () => {
    await sleep(2);
    return context.current();
  });
  expect(context.current()).toBeUndefined();
  expect(await inside).toBe(a);
  expect(context.current()).toBeUndefined();
});

test("an inner run ends with its function", () => {
  const context = createAttributeContext();
  const [a, b] = [carried("a"), carried("b")];
  context.run(a, () => {
    expect(context.run(b, () => context.current())).toBe(b);
    expect(context.current()).toBe(a);
  });
});

test("two contexts do not see each other", () => {
  const [one, two] = [createAttributeContext(), createAttributeContext()];
  one.run(carried("a"), () => expect(two.current()).toBeUndefined());
});
