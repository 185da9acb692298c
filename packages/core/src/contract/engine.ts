import type { DropReason } from "./drop.js";
import type { Settings } from "./options.js";
import type { PlatformRuntime, PlatformServices } from "./platform.js";

/** The stages of one client share this: its platform, its settings, and how it reports problems. */
export interface Engine extends PlatformRuntime, Diagnostics {
  /** Its clock, timers, randomness and text encoder are called through this engine only. */
  readonly platform: PlatformServices;
  readonly settings: Settings;
  /** Sent in the header of each envelope; that of the Sentry SDK where its metrics are taken. */
  sdk: { readonly name: string; readonly version: string };
  /** Calls a function of the platform or the application that may throw. */
  readonly guard: Guard;
  /** The client was closed, or has no destination: nothing is recorded, and no pause delays a send. */
  isClosed(): boolean;
  /**
   * Brings the settings up to date with the Sentry SDK beside this client, whose options are their
   * defaults. That SDK may be initialised later, or again. Never throws.
   */
  refreshSettings(): void;
}

/** Calls a function that may throw; returns `undefined` when it does. */
export type Guard = <T>(fn: () => T) => T | undefined;

/** Messages on the console. A production build logs nothing unless `debug` is set. */
export interface Diagnostics {
  /** Present only with `debug`: logs one step. */
  readonly step?: ((...words: unknown[]) => void) | undefined;
  /**
   * Warns a developer, once per `about`, about something to fix: in development, or with `debug`. Callers
   * check `__DEV__` first, so that the production build of a page contains no such sentence.
   */
  warn(about: string, sentence: string): void;
  /** Logs a wrong setting or a callback that threw, once per text, in every build. */
  error(text: string, cause?: unknown): void;
}

/** Counts of `stats()` while they are being counted. */
export interface Counts {
  recorded: number;
  delivered: number;
  pending: number;
  readonly dropped: Partial<Record<DropReason, number>>;
  envelopes: number;
  bytes: number;
  platformErrors: number;
}
