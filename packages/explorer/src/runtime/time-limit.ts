/**
 * Waits for work, and rejects when it takes too long. The work itself goes on.
 * @param limitMs - the longest wait, in milliseconds
 * @param explain - creates the error for work that takes too long
 */
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
