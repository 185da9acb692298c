import { effect, signal, type Signal } from "@preact/signals";

/** A value that this browser keeps, such as a choice that is a person's own and not that of an address. */
export function kept<T>(key: string, absent: T): Signal<T> {
  const value = signal(readKept(key, absent));
  effect(() => {
    try {
      localStorage.setItem(key, JSON.stringify(value.value));
    } catch {
      // Without storage it lasts as long as the page.
    }
  });
  return value;
}

function readKept<T>(key: string, absent: T): T {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? "null") as T | null;
    return typeof value === typeof absent ? (value as T) : absent;
  } catch {
    return absent;
  }
}
