import { kept } from "../parts/kept.js";

/** Whether keys are used: who speaks to a computer may switch them off (WCAG 2.1.4). */
export const areKeysOn = kept("spanmeter.keys", true);
