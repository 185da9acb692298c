import { rows as changes } from "./changes.mjs";
import { rows as lists } from "./lists.mjs";
import { rows as points } from "./points.mjs";
import { rows as series } from "./series.mjs";
import { rows as trace } from "./trace.mjs";

/** The questions of the page, each beside a plain statement with the same answer. */
export const rows = [...series, ...points, ...changes, ...lists, ...trace];
