import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** Returns whether an element is narrower than so many pixels. */
export function useIsNarrow(element: RefObject<HTMLElement | null>, width: number): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    if (!element.current) return undefined;
    const { current } = element;
    const measure = (): void => setNarrow(current.clientWidth < width);
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(current);
    return () => observer.disconnect();
  }, [width]);
  return isNarrow;
}
