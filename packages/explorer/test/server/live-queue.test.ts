import { describe, expect, it } from "vitest";
import { createLiveQueue } from "../../src/server/live-queue.js";

describe("a live queue", () => {
  it("keeps items up to its capacity, and counts the others", async () => {
    const queue = createLiveQueue<number>(3);
    queue.push([1, 2]);
    queue.push([3, 4, 5]);
    expect(await queue.take()).toEqual({ items: [1, 2, 3], missed: 2 });
    queue.push([6]);
    expect(await queue.take()).toEqual({ items: [6], missed: 0 });
  });

  it("wakes its reader for items and when it is closed", async () => {
    const queue = createLiveQueue<number>(3);
    const first = queue.take();
    queue.push([1]);
    expect(await first).toEqual({ items: [1], missed: 0 });
    const second = queue.take();
    queue.close();
    expect(await second).toBeUndefined();
  });
});
