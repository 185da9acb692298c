import { useEffect, useRef } from "preact/hooks";
import { addKeys, type Key } from "./keys.js";

/** Adds keys while the component is shown. */
export function useKeys(keys: readonly Key[]): void {
  const newest = useRef(keys);
  newest.current = keys;
  useEffect(
    () =>
      addKeys(
        keys.map(({ keys: pressed, does }) => ({
          keys: pressed,
          does,
          run: () => newest.current.find((each) => each.keys === pressed)?.run(),
        })),
      ),
    [keys.map((each) => each.keys).join()],
  );
}
