import { describe, expect, it } from "vitest";
import { withTimeLimit } from "../../src/runtime/time-limit.js";

describe("a time limit", () => {
  it("returns the result of work that ends in time, and the error of work that fails", async () => {
    const late = (): Error => new Error("late");
    expect(await withTimeLimit(Promise.resolve(1), 1_000, late)).toBe(1);
    await expect(withTimeLimit(Promise.reject(new Error("bad")), 1_000, late)).rejects.toThrow(
      "bad",
    );
    await expect(withTimeLimit(new Promise(() => {}), 1, late)).rejects.toThrow("late");
  });
});
