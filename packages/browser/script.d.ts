/** The global that the ready-made script file makes: the whole of `@spanmeter/browser`. */
import type * as spanmeter from "./index.js";

declare global {
  const Spanmeter: typeof spanmeter;
}
