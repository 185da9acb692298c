/** The members of `AsyncLocalStorage` that are used. */
export interface AsyncStorage<T> {
  run<R>(value: T, fn: () => R): R;
  getStore(): T | undefined;
}

type AsyncStorageClass = new <T>() => AsyncStorage<T>;

interface Host {
  readonly AsyncLocalStorage?: AsyncStorageClass;
  readonly process?: { getBuiltinModule?(name: string): Partial<AsyncHooks> | undefined };
}
interface AsyncHooks {
  readonly AsyncLocalStorage: AsyncStorageClass;
}

const ASYNC_HOOKS = "node:async_hooks";

let imported: AsyncStorageClass | undefined;

/**
 * Imports `AsyncLocalStorage`, for Cloudflare's flag `nodejs_als`, which provides it in no other way. A
 * static import would fail without the flag. Call it when a client is made.
 */
export async function importAsyncStorage(): Promise<void> {
  if (findClass()) return;
  try {
    const name = ASYNC_HOOKS;
    const hooks = (await import(/* webpackIgnore: true */ /* @vite-ignore */ name)) as AsyncHooks;
    imported = hooks.AsyncLocalStorage;
  } catch {
    // This runtime cannot follow an `await`.
  }
}

/** Next and Vercel provide the class as a global, Cloudflare as a built-in module. */
function findClass(): AsyncStorageClass | undefined {
  const { AsyncLocalStorage, process } = globalThis as Host;
  return (
    AsyncLocalStorage ?? process?.getBuiltinModule?.(ASYNC_HOOKS)?.AsyncLocalStorage ?? imported
  );
}

/**
 * Makes a storage that carries a value across `await`, timers and callbacks. In a runtime without
 * `AsyncLocalStorage`, an async function has the value until its first `await`; other code never has it.
 */
export function createAsyncStorage<T>(): AsyncStorage<T> {
  let storage: AsyncStorage<T> | undefined;
  let current: T | undefined;

  function runWithoutStorage<R>(value: T, fn: () => R): R {
    const outer = current;
    current = value;
    try {
      return fn();
    } finally {
      current = outer;
    }
  }

  return {
    run(value, fn) {
      const Storage = storage ? undefined : findClass();
      if (Storage) storage = new Storage();
      return storage ? storage.run(value, fn) : runWithoutStorage(value, fn);
    },
    getStore: () => storage?.getStore() ?? current,
  };
}
