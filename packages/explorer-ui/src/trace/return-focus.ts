/** Gives the focus back to where it was before an element had it, if that element still has it. */
export function returnFocus(from: Element | null, to: Element | null): void {
  const { activeElement } = document;
  if (activeElement && activeElement !== document.body && !from?.contains(activeElement)) return;
  // On narrow screens the rest of the page is hidden until the element is removed.
  queueMicrotask(() => {
    if (to instanceof HTMLElement && to.isConnected && to !== document.body) to.focus();
    else focusMain();
  });
}

function focusMain(): void {
  const main = document.querySelector("main");
  if (!main) return;
  main.tabIndex = -1;
  main.focus();
}
