import type { Page } from "playwright-core";

/** Turns the text after it around. */
const OVERRIDE = "\u202E";

/** Returns texts with a bidi override that is not kept to itself, so that it turns the words after it around. */
export const turnedAround = (page: Page): Promise<string[]> =>
  page.evaluate((override) => {
    const isKeptIn = (text: Text): boolean => {
      for (let at = text.parentElement; at; at = at.parentElement) {
        const { unicodeBidi, display } = getComputedStyle(at);
        if (unicodeBidi.startsWith("isolate") || unicodeBidi === "plaintext") return true;
        // A block begins a paragraph of its own, and an override ends with it.
        if (!/^(inline|contents)$/.test(display))
          return at.textContent?.trim() === text.data.trim();
      }
      return true;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let text = walker.nextNode() as Text | null; text; text = walker.nextNode() as Text | null)
      if (text.data.includes(override) && text.parentElement?.checkVisibility() && !isKeptIn(text))
        found.push(text.parentElement.outerHTML.slice(0, 120));
    return found;
  }, OVERRIDE);
