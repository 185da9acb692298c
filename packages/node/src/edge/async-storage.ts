/** The part of `AsyncLocalStorage` that is used. */
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
 * Cloudflare's flag `nodejs_als` gives the class to `import` alone, and an import that is not dynamic
 * would fail where there is no such flag. To be called when a client is made.
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

/** Next and Vercel have the class as a global, Cloudflare among the built-in modules. */
function findClass(): AsyncStorageClass | undefined {
  const { AsyncLocalStorage, process } = globalThis as Host;
  return (
    AsyncLocalStorage ?? process?.getBuiltinModule?.(ASYNC_HOOKS)?.AsyncLocalStorage ?? imported
  );
}

/**
 * Carries a value across `await`, timers and callbacks. Where the runtime has nothing that does so, an
 * async function has the value until its first `await`; other code never gets it by accident.
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
