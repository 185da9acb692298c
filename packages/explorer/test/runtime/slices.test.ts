import { describe, expect, it } from "vitest";
import { withSignal } from "../../src/runtime/cancellation.js";
import { createSlices } from "../../src/runtime/slices.js";

/** Keeps the processor for so many milliseconds. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe("a long computation", () => {
  it("lets others run after each slice", async () => {
    const { rest } = createSlices();
    let turns = 0;
    const count = (): void => void (turns++, timer.refresh());
    const timer = setTimeout(count, 0);
    for (let round = 0; round < 6; round++) {
      work(20);
      await rest();
    }
    clearTimeout(timer);
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it("ends when its reader has gone", async () => {
    const abort = new AbortController();
    const endless = withSignal(abort.signal, async () => {
      const { rest } = createSlices();
      for (;;) {
        work(5);
        await rest();
      }
    });
    setImmediate(() => abort.abort(new Error("gone")));
    await expect(endless).rejects.toThrow("gone");
  });
});
