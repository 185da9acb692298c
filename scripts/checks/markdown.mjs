/** Removes code, in which nothing is a link or a heading. */
export const withoutCode = (text) =>
  text.replace(/^ *(```|~~~)[^]*?^ *\1/gm, blank).replace(/`[^`\n]+`/g, blank);

/** Keeps line breaks, so that offsets give the right line. */
const blank = (code) => code.replace(/[^\n]/g, " ");

/** The anchor that GitHub gives a heading. */
const slug = (heading) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]+>/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");

/** Removes code blocks: a line of code may look like a heading. */
export const withoutBlocks = (text) => text.replace(/^ *(```|~~~)[^]*?^ *\1/gm, "");

/** Lists the anchors of the headings of a Markdown page, one for each heading. */
export function anchorsInOrder(text) {
  const uses = new Map();
  return [...withoutBlocks(text).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading]) => {
    const name = slug(heading);
    const count = uses.get(name) ?? 0;
    uses.set(name, count + 1);
    return count === 0 ? name : `${name}-${count}`;
  });
}

/** The anchors of a Markdown page: its headings as GitHub names them, and its HTML anchors. */
export function anchorsOf(text) {
  const html = [...withoutBlocks(text).matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id);
  return new Set([...anchorsInOrder(text), ...html]);
}

/** Lists the targets of the links and pictures of a Markdown page, each with its offset. */
export function linksOf(text) {
  const prose = withoutCode(text);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const named = [...prose.matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)];
  const html = [...prose.matchAll(/<(?:img|a)\b[^>]*?(?:src|href)="([^"]+)"/g)];
  return [...inline, ...named, ...html].map((match) => ({ target: match[1], offset: match.index }));
}
