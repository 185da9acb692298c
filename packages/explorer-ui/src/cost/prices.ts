import { kept } from "../parts/kept.js";

/** Price of a GB (a thousand million bytes), in dollars. Sentry's, as of 2026. */
export const price = kept("spanmeter.price", 0.5);
/** GB of a month that cost nothing. */
export const free = kept("spanmeter.free", 5);
/** How many processes or pages send as much as what is stored here. */
export const instances = kept("spanmeter.instances", 1);
