import { rows as attributes } from "./attributes.mjs";
import { rows as callTime } from "./call-time.mjs";
import { rows as coldInit } from "./cold-init.mjs";
import { rows as concurrent } from "./concurrent.mjs";
import { rows as folded } from "./folded.mjs";
import { rows as heap } from "./heap.mjs";
import { rows as httpCpu } from "./http-cpu.mjs";
import { rows as heapWaiting } from "./heap-waiting.mjs";
import { rows as idle } from "./idle.mjs";
import { rows as memory } from "./memory.mjs";
import { rows as page } from "./page.mjs";
import { rows as pause } from "./pause.mjs";
import { rows as queueSize } from "./queue-size.mjs";
import { rows as series } from "./series.mjs";
import { rows as size } from "./size.mjs";
import { rows as wholeCpu } from "./whole-cpu.mjs";
import { rows as wire } from "./wire.mjs";

/** All rows of the table in order. The first peer of each row is Spanmeter. */
export const rows = [
  ...callTime.slice(0, 1),
  ...wholeCpu,
  ...callTime.slice(1),
  ...attributes,
  ...concurrent,
  ...httpCpu,
  ...folded,
  ...series,
  ...queueSize,
  ...idle,
  ...heap,
  ...heapWaiting,
  ...memory,
  ...pause,
  ...page,
  ...wire,
  ...size,
  ...coldInit,
];
