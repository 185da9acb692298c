import type { Page } from "playwright-core";

/** The table of one chart: its rows as texts, and as the exact numbers that the cells carry. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly {
    readonly texts: readonly string[];
    readonly values: readonly (number | null)[];
  }[];
}

/** Shows the tables of all charts, if they are not shown, and reads them. */
export async function chartTables(page: Page): Promise<ChartTable[]> {
  const tables = page.locator(".panel table");
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".panel")].every((each) => each.hasAttribute("data-ready")),
  );
  if ((await tables.count()) === 0) await page.keyboard.press("T");
  await tables.first().waitFor({ state: "attached" });
  return tables.evaluateAll((all) =>
    all.map((table) => ({
      head: [...table.querySelectorAll("thead th")].map((cell) => cell.textContent ?? ""),
      rows: [...table.querySelectorAll("tbody tr")].map((row) => ({
        texts: [...row.querySelectorAll("th, td")].map((cell) => cell.textContent ?? ""),
        values: [...row.querySelectorAll<HTMLElement>("[data-value]")].map(({ dataset }) =>
          dataset["value"] === "" ? null : Number(dataset["value"]),
        ),
      })),
    })),
  );
}

/** Reads all columns of numbers of the charts, in their order. */
export async function shownColumns(
  page: Page,
): Promise<{ name: string; values: (number | null)[] }[]> {
  const tables = await chartTables(page);
  return tables.flatMap(({ head, rows }) =>
    head.slice(1).map((name, column) => ({
      name,
      values: rows.map(({ values }) => values[column] ?? null),
    })),
  );
}
