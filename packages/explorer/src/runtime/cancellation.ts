import { AsyncLocalStorage } from "node:async_hooks";

const signals = new AsyncLocalStorage<AbortSignal>();

/** Runs a task whose work ends early when the signal is aborted, because nobody waits for it any more. */
export const withSignal = <T>(signal: AbortSignal, task: () => T): T => signals.run(signal, task);

/** The signal of the running task, if it has one. */
export const currentSignal = (): AbortSignal | undefined => signals.getStore();
