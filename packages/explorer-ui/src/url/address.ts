import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { readParameters, writeParameters, type Parameters } from "./parameters.js";
import { pathOf, readScreen, type Screen } from "./screen.js";

const href = signal(location.href);
const read = computed(() => {
  const url = new URL(href.value);
  return { screen: readScreen(url.pathname), ...readParameters(url.searchParams) };
});

/** The screen of the address. */
export const screen: ReadonlySignal<Screen> = computed(() => read.value.screen);
/** The parameters of the address. */
export const parameters: ReadonlySignal<Parameters> = computed(() => read.value.parameters);
/** Parts of the address that were not understood, as `name=value`. */
export const problems: ReadonlySignal<readonly string[]> = computed(() => read.value.problems);

/** Parameters that go along from one screen to the next. */
const COMMON = ["since", "until"] as const;

/** Returns the address of a screen. The time range stays, everything else begins again. */
export function addressOf(to: Screen, changes: Partial<Parameters> = {}): string {
  const common = Object.fromEntries(COMMON.map((name) => [name, parameters.value[name]]));
  return pathOf(to) + writeParameters({ ...common, ...changes });
}

/** Returns the address of this screen with other parameters. */
export const addressWith = (changes: Partial<Parameters>): string =>
  pathOf(screen.value) + writeParameters({ ...parameters.value, ...changes });

/** Goes to an address. A person can go back from it. */
export function go(address: string): void {
  history.pushState(null, "", address);
  href.value = location.href;
}

/** Shows a shorter time. */
export function zoom(changes: Partial<Parameters>): void {
  history.pushState({ isZoom: true }, "", addressWith(changes));
  href.value = location.href;
}

/** Whether this entry of the history is a zoom, so that going back ends it. */
export const isZoomed = (): boolean =>
  (history.state as { isZoom?: boolean } | null)?.isZoom === true;

/** Changes parameters. A person can go back from it. */
export const change = (changes: Partial<Parameters>): void => go(addressWith(changes));

/** Changes parameters without a way back, while a person types or moves. */
export function replace(changes: Partial<Parameters>): void {
  history.replaceState(null, "", addressWith(changes));
  href.value = location.href;
}

/** Follows the browser's buttons, and the page's own links without loading it again. */
export function followAddress(): void {
  addEventListener("popstate", () => (href.value = location.href));
  document.addEventListener("click", (event) => {
    const isPlain =
      event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    const link = (event.target as Element | null)?.closest?.("a");
    if (!isPlain || event.defaultPrevented || !link || link.origin !== location.origin) return;
    if (link.target || link.hasAttribute("download") || link.pathname.startsWith("/api/")) return;
    event.preventDefault();
    go(link.href);
  });
}
