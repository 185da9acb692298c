import type { Locator, Page } from "playwright-core";

/** One column of numbers of a chart's table: a line, or the same line in the earlier range. */
export interface ShownColumn {
  readonly name: string;
  readonly isEarlier: boolean;
  /** The exact numbers, by time. */
  readonly values: readonly (number | null)[];
}

/** The table of one chart. */
export interface ShownTable {
  /** Start of each bucket, as the table writes it. */
  readonly times: readonly string[];
  readonly columns: readonly ShownColumn[];
}

/** Waits for the answers of all panels, and for the equations of them. */
export const panelsReady = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => {
    const panels = [...document.querySelectorAll(".panel")];
    const isReady = (panel: Element): boolean =>
      panel.querySelector(".panel-bar select")
        ? panel.hasAttribute("data-ready")
        : panel.querySelector("figure, .bad, [role=alert]") !== null;
    const isReading = [...document.querySelectorAll(".explore > [role=status]")].some((each) =>
      each.textContent?.startsWith("Reading "),
    );
    return panels.length > 0 && panels.every(isReady) && !isReading;
  });

/** Shows the tables of all charts, if they are not shown, and reads them: all their pages, or only the newest. */
export async function chartTables(
  page: Page,
  pages: "all" | "newest" = "all",
): Promise<ShownTable[]> {
  await panelsReady(page);
  const tables = page.locator(".panel .chart-table");
  if ((await tables.count()) === 0) await page.keyboard.press("T");
  await tables.first().waitFor({ state: "attached" });
  if (pages === "newest") return tables.evaluateAll(readPages);
  const shown: ShownTable[] = [];
  for (const table of await tables.all()) shown.push(await readTable(table));
  return shown;
}

/** Reads all columns of numbers of all charts, in their order. */
export const shownColumns = async (page: Page): Promise<ShownColumn[]> =>
  (await chartTables(page)).flatMap(({ columns }) => columns);

/** Reads a table from its newest page to its oldest, and leaves it as it was. */
async function readTable(table: Locator): Promise<ShownTable> {
  let all = await readPage(table);
  const older = table.getByRole("button", { name: "Older" });
  const newer = table.getByRole("button", { name: "Newer" });
  if ((await older.count()) === 0) return all;
  while (await older.isEnabled()) {
    await older.click();
    all = joined(await readPage(table), all);
  }
  while (await newer.isEnabled()) await newer.click();
  return all;
}

const joined = (older: ShownTable, newer: ShownTable): ShownTable => ({
  times: [...older.times, ...newer.times],
  columns: older.columns.map((column, place) => ({
    ...column,
    values: [...column.values, ...newer.columns[place]!.values],
  })),
});

const readPage = async (table: Locator): Promise<ShownTable> =>
  (await table.evaluateAll(readPages))[0]!;

/** Reads the shown pages of tables, which have the newest bucket first. Runs in the browser. */
const readPages = (tables: readonly Element[]): ShownTable[] =>
  tables.map((table) => {
    const rows = [...table.querySelectorAll("tbody tr")].toReversed();
    const heads = [...table.querySelectorAll("thead th")].slice(1);
    const cells = rows.map((row) => [...row.querySelectorAll<HTMLElement>("td")]);
    return {
      times: rows.map((row) => row.querySelector("th")!.textContent!),
      columns: heads.map((head, place) => ({
        name: head.textContent!,
        isEarlier: cells[0]?.[place]?.dataset["earlier"] !== undefined,
        values: cells.map((row) => {
          const value = row[place]?.dataset["value"] ?? "";
          return value === "" ? null : Number(value);
        }),
      })),
    };
  });
