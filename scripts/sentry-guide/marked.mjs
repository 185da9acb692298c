const place = (name) => new RegExp(`(?<=<!-- ${name} -->\n)[^]*?(?=\n<!-- /${name} -->)`);

/** Returns the text between two markers of a page, or `undefined` if the page lacks them. */
export const readMarked = (page, name) => page.match(place(name))?.[0];

/** Returns the page with another text between two markers. Throws if the page lacks them. */
export function replaceMarked(page, name, text) {
  if (readMarked(page, name) === undefined) throw new Error(`the page lacks <!-- ${name} -->`);
  return page.replace(place(name), () => text);
}
