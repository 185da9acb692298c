import type { Diagnostics } from "./diagnostics.js";
import type { Platform } from "./platform.js";
import type { Settings } from "./resolve-options.js";

/** What every stage is handed: the platform, a way to tell, and the settings in force. */
export interface World extends Platform, Diagnostics {
  readonly settings: Settings;
  readonly sdk: { readonly name: string; readonly version: string };
}
