/** Waits for conditions, looking again at each event instead of sleeping. */
export interface Observer {
  /** Something happened: every waiting condition is checked. */
  notify(): void;
  /** Resolves once `holds`; rejects after `timeoutMs` with what `describe` says by then. */
  until(holds: () => boolean, timeoutMs: number, describe: () => string): Promise<void>;
}

export function createObserver(): Observer {
  const checks = new Set<() => void>();
  return {
    notify: () => checks.forEach((check) => check()),
    until: (holds, timeoutMs, describe) =>
      new Promise((resolve, reject) => {
        const settleWith = (outcome: () => void): void => {
          checks.delete(check);
          clearTimeout(timer);
          outcome();
        };
        const check = (): void => {
          if (holds()) settleWith(resolve);
        };
        const giveUp = (): void =>
          reject(new Error(`waited ${timeoutMs} ms in vain; ${describe()}`));
        const timer = setTimeout(() => settleWith(giveUp), timeoutMs);
        checks.add(check);
        check();
      }),
  };
}
