import type { StoreQuestions } from "../../store.js";
import { createAttributeQuestions } from "./attributes.js";
import { createComparisonQuestions } from "./comparison.js";
import { createCost } from "./cost.js";
import { createEvents } from "./events.js";
import { createExemplars } from "./exemplars.js";
import { createHeatmap } from "./heatmap.js";
import { createMetricListQuestions } from "./metric-list.js";
import { createMetricQuestions } from "./metrics.js";
import { createMovements } from "./movements.js";
import { createNoteQuestions } from "./notes.js";
import { createFindItem, createItemsAfter, createSamples } from "./samples.js";
import { createSeriesQuestions } from "./series.js";
import type { Select } from "./select.js";
import { createStatsQuestions } from "./stats.js";
import { createTopSeries } from "./top-series.js";
import { createTotals } from "./totals.js";
import { createTraceList } from "./trace-list.js";
import { createTraceQuestions } from "./traces.js";
import { createTypicalTimes } from "./typical-times.js";

/** Creates the functions that answer every question of a store in SQL. */
export const createStoreQuestions = (select: Select): StoreQuestions => ({
  ...createMetricQuestions(select),
  ...createMetricListQuestions(select),
  ...createNoteQuestions(select),
  ...createAttributeQuestions(select),
  ...createTraceQuestions(select),
  ...createStatsQuestions(select),
  ...createSeriesQuestions(select),
  ...createComparisonQuestions(select),
  cost: createCost(select),
  exemplars: createExemplars(select),
  heatmap: createHeatmap(select),
  movements: createMovements(select),
  topSeries: createTopSeries(select),
  totals: createTotals(select),
  samples: createSamples(select),
  itemsAfter: createItemsAfter(select),
  findItem: createFindItem(select),
  traces: createTraceList(select),
  typicalTimes: createTypicalTimes(select),
  events: createEvents(select),
});
