import { afterEach, expect, test, vi } from "vitest";
import { createPageEnd } from "../../src/lifecycle/page-end.js";
import { createRuntime } from "../../src/runtime.js";

let undo = (): void => {};
afterEach(() => {
  undo();
  vi.restoreAllMocks();
});

function countDrains(): () => number {
  let drains = 0;
  const pageEnd = createPageEnd(createRuntime(), undefined);
  undo = pageEnd.start({ drain: () => drains++, isLimited: () => false });
  return () => drains;
}

function changeVisibility(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}

test("sends waiting metrics when the page is hidden, and not when it is shown again", () => {
  const drains = countDrains();
  changeVisibility("hidden");
  expect(drains()).toBe(1);
  changeVisibility("visible");
  expect(drains()).toBe(1);
});

test("sends waiting metrics at pagehide", () => {
  const drains = countDrains();
  dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  expect(drains()).toBe(1);
});

test("has no listeners after its undo, which can be called twice", () => {
  const drains = countDrains();
  undo();
  undo();
  changeVisibility("hidden");
  dispatchEvent(new PageTransitionEvent("pagehide"));
  expect(drains()).toBe(0);
});
