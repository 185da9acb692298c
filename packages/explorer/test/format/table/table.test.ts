import { describe, expect, it } from "vitest";
import { chooseColours } from "../../../src/format/text/colour.js";
import type { Column } from "../../../src/format/table/column.js";
import { formatTable } from "../../../src/format/table/table.js";

interface Sale {
  at: string;
  what: string;
  note: string;
  id: string;
}

const rows: Sale[] = [
  { at: "2026-01-02 03:04:05", what: "teapot", note: "x".repeat(40), id: "0123456789abcdef" },
  { at: "2026-01-02 03:04:06", what: "cup", note: "", id: "fedcba9876543210" },
];

const columns: Column<Sale>[] = [
  { title: "at", cell: ({ at }) => at, short: ({ at }) => at.slice(11) },
  { title: "what", cell: ({ what }) => what },
  { title: "id", cell: ({ id }) => id, dropOrder: 1 },
  { title: "note", cell: ({ note }) => note, canCut: true },
];

const lines = (width?: number, colours = chooseColours(false, {})): string[] =>
  formatTable(rows, columns, { colours, width }).split("\n");

describe("a table", () => {
  it("is as wide as its rows need where nothing limits it", () => {
    expect(lines()).toEqual([
      "at                   what    id                note",
      `2026-01-02 03:04:05  teapot  0123456789abcdef  ${"x".repeat(40)}`,
      "2026-01-02 03:04:06  cup     fedcba9876543210",
    ]);
  });

  it("cuts first what may be cut", () => {
    expect(lines(70)).toEqual([
      "at                   what    id                note",
      `2026-01-02 03:04:05  teapot  0123456789abcdef  ${"x".repeat(22)}…`,
      "2026-01-02 03:04:06  cup     fedcba9876543210",
    ]);
  });

  it("shortens texts, and then drops optional columns, before it cuts too much", () => {
    expect(lines(55)).toEqual([
      "at        what    id                note",
      `03:04:05  teapot  0123456789abcdef  ${"x".repeat(18)}…`,
      "03:04:06  cup     fedcba9876543210",
    ]);
    expect(lines(40)).toEqual([
      "at        what    note",
      `03:04:05  teapot  ${"x".repeat(21)}…`,
      "03:04:06  cup",
    ]);
  });

  it.each([200, 100, 79, 60, 45, 40, 30, 26])("never exceeds %d characters", (width) => {
    expect(Math.max(...lines(width).map((line) => line.length))).toBeLessThanOrEqual(width);
  });

  it("that cannot be made to fit becomes a block for each row", () => {
    expect(lines(23)).toEqual([
      "at    03:04:05",
      "what  teapot",
      "id    0123456789abcdef",
      `note  ${"x".repeat(16)}…`,
      "",
      "at    03:04:06",
      "what  cup",
      "id    fedcba9876543210",
      "note",
    ]);
    expect(lines(20)).toContain("id    0123456789abc…");
  });

  it("measures characters by their width in a terminal", () => {
    const wide = rows.map((row) => ({ ...row, note: "東京都" }));
    const text = formatTable(wide, columns, { colours: chooseColours(false, {}) });
    expect(text.split("\n")[1]).toMatch(/  東京都$/);
  });

  it("does not count colours as characters", () => {
    const coloured = lines(70, chooseColours(true, {}));
    // oxlint-disable-next-line no-control-regex -- they are removed
    expect(coloured.map((line) => line.replaceAll(/\u001b\[\d+m/g, ""))).toEqual(lines(70));
  });
});
