import type { StoreQuestions } from "../../store.js";
import { createAggregate } from "./aggregate.js";
import { createMetricQuestions } from "./metrics.js";
import { createSamples } from "./samples.js";
import { createSeriesQuestions } from "./series.js";
import type { Select } from "./select.js";
import { createStatsQuestions } from "./stats.js";
import { createTraceQuestions } from "./traces.js";

/** Creates the functions that answer every question of a store in SQL. */
export const createStoreQuestions = (select: Select): StoreQuestions => ({
  ...createMetricQuestions(select),
  ...createTraceQuestions(select),
  ...createStatsQuestions(select),
  ...createSeriesQuestions(select),
  aggregate: createAggregate(select),
  samples: createSamples(select),
});
