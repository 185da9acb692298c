/** The global that the ready-made script file makes: `@spanmeter/browser` without policies and attribute rules. */
import type * as spanmeter from "./index.js";

declare global {
  const Spanmeter: Omit<
    typeof spanmeter,
    "attributeRules" | "fold" | "keyedHash" | "raw" | "reservoir" | "sample"
  >;
}
