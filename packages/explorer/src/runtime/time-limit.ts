/** Waits for some work at most this many milliseconds, then rejects with the error. The work itself is not undone. */
export async function withTimeLimit<T>(
  work: Promise<T>,
  limitMs: number,
  explain: () => Error,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(explain()), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
