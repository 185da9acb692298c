import { useEffect, useState } from "preact/hooks";

/** Returns a value once it has not changed for a while, so that a stream is not opened at each letter. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
