import { describe, expect, it, onTestFinished } from "vitest";
import type { Row } from "../../src/model/received-item.js";
import type { Store } from "../../src/store/store.js";

export type Open = (options?: { maxRows?: number }) => Promise<Store>;

export const row = (over: Partial<Row> = {}): Row => ({
  kind: "metric",
  verdict: "accepted",
  notes: [],
  receivedNs: 1n,
  timeNs: 2n,
  name: "m",
  weight: 1,
  attributes: {},
  ...over,
});

/** What every store owes, whatever it keeps its rows in. */
export function storeContract(name: string, openStore: Open): void {
  const open: Open = async (options) => {
    const store = await openStore(options);
    onTestFinished(() => store.close());
    return store;
  };
  const names = async (store: Store) =>
    (await store.select<{ name: string }>("SELECT name FROM items ORDER BY seq")).map(
      (item) => item.name,
    );

  describe(`${name} keeps the contract of a store:`, () => {
    it("a read sees every row appended before it", async () => {
      const store = await open();
      store.append([row({ name: "a" }), row({ name: "b" })]);
      expect(await names(store)).toEqual(["a", "b"]);
      store.append([row({ name: "c" })]);
      expect(await names(store)).toEqual(["a", "b", "c"]);
    });

    it("every field comes back as it was", async () => {
      const store = await open();
      const full: Row = {
        kind: "span",
        verdict: "changed",
        notes: [{ code: "c", message: "m" }],
        receivedNs: 1_795_344_599_893_449_123n,
        timeNs: -5n,
        durationNs: 7n,
        project: "1",
        sdk: "x/1",
        traceId: "t",
        spanId: "s",
        parentSpanId: "p",
        name: 'n"\u0000é\u{1f600}',
        type: "counter",
        unit: "byte",
        value: 0.1,
        weight: 4,
        bytes: 12,
        op: "o",
        level: "l",
        status: "ok",
        attributes: { a: 1, b: [true], "c/~": "x" },
        detail: { raw: "r" },
      };
      store.append([full]);
      const [record] = await store.select("SELECT * FROM items");
      const { notes, attributes, detail, ...plain } = full;
      expect(record).toEqual({
        ...plain,
        seq: 1n,
        notes: JSON.stringify(notes),
        attributes: JSON.stringify(attributes),
        detail: JSON.stringify(detail),
      });
    });

    it("values reach a statement only as parameters", async () => {
      const store = await open();
      store.append([row({ name: "'; DROP TABLE items; --" })]);
      const found = await store.select("SELECT name FROM items WHERE name = $1", [
        "'; DROP TABLE items; --",
      ]);
      expect(found).toHaveLength(1);
    });

    it("many readers at once get the same answer", async () => {
      const store = await open();
      store.append(Array.from({ length: 5_000 }, () => row()));
      const counts = await Promise.all(
        Array.from({ length: 20 }, () =>
          store.select<{ n: number }>("SELECT count(*)::INTEGER AS n FROM items"),
        ),
      );
      expect(new Set(counts.map(([count]) => count?.n))).toEqual(new Set([5_000]));
    });

    it("never holds more rows than it may, and the oldest leave first", async () => {
      const store = await open({ maxRows: 100 });
      for (let batch = 0; batch < 10; batch++) {
        store.append(
          Array.from({ length: 33 }, (_, index) => row({ name: `${batch * 33 + index}` })),
        );
        expect((await names(store)).length).toBe(Math.min(100, (batch + 1) * 33));
      }
      expect(await names(store)).toEqual(
        Array.from({ length: 100 }, (_, index) => `${230 + index}`),
      );
    });

    it("an append larger than the bound leaves the newest", async () => {
      const store = await open({ maxRows: 10 });
      store.append(Array.from({ length: 12_000 }, (_, index) => row({ name: `${index}` })));
      expect(await names(store)).toEqual(
        Array.from({ length: 10 }, (_, index) => `${11_990 + index}`),
      );
    });

    it("listeners are told of each append until they leave", async () => {
      const store = await open();
      const heard: string[] = [];
      const leave = store.subscribe((rows) => heard.push(...rows.map((item) => item.name)));
      store.append([row({ name: "a" })]);
      leave();
      store.append([row({ name: "b" })]);
      expect(heard).toEqual(["a"]);
    });

    it("a statement that fails says so and leaves the store usable", async () => {
      const store = await open();
      await expect(store.select("SELECT nothing FROM nowhere")).rejects.toThrow(/nowhere/);
      store.append([row()]);
      expect(await names(store)).toEqual(["m"]);
    });
  });
}
