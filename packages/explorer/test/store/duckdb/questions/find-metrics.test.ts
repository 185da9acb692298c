import { expect, it, onTestFinished } from "vitest";
import { openDuckDBStore } from "../../../../src/store/duckdb/duckdb-store.js";
import type { Store } from "../../../../src/store/store.js";
import { item } from "../../store-contract.js";

async function openStore(maxRows: number): Promise<Store> {
  const store = await openDuckDBStore({ maxRows });
  onTestFinished(() => store.close());
  return store;
}

const total = (type: string, unit?: string) =>
  item({ name: "total", type, ...(unit !== undefined && { unit }) });

it("metrics that arrive after a question are found by the next one, each once", async () => {
  const store = await openStore(100);
  expect(await store.findMetrics("total")).toEqual([]);
  store.append([total("gauge"), total("gauge")]);
  const gauge = { name: "total", type: "gauge", unit: "none" };
  expect(await store.findMetrics("total")).toEqual([gauge]);
  store.append([total("gauge"), total("distribution", "byte")]);
  const distribution = { name: "total", type: "distribution", unit: "byte" };
  expect(await store.findMetrics("total")).toEqual([distribution, gauge]);
  expect(await store.findMetrics("total")).toEqual([distribution, gauge]);
});

it("metrics whose items were removed are not found any more", async () => {
  const store = await openStore(10);
  store.append([total("gauge"), total("counter")]);
  expect(await store.findMetrics("total")).toHaveLength(2);
  store.append([total("counter"), ...Array.from({ length: 9 }, () => item({ name: "other" }))]);
  expect(await store.findMetrics("total")).toEqual([
    { name: "total", type: "counter", unit: "none" },
  ]);
  store.append(Array.from({ length: 10 }, () => item({ name: "other" })));
  expect(await store.findMetrics("total")).toEqual([]);
});

it("more names than are remembered are all found", async () => {
  const store = await openStore(10_000);
  const names = Array.from({ length: 1_100 }, (_, place) => `name.${place}`);
  store.append(names.map((name) => item({ name, type: "gauge" })));
  for (const name of [...names, ...names.slice(0, 5)])
    expect(await store.findMetrics(name)).toEqual([{ name, type: "gauge", unit: "none" }]);
});
