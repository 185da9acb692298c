// The plugin numbers anchors of equal names in another order than GitHub does. So it writes its anchors before the
// headings, and this replaces them in all links by the names that GitHub gives the headings.
import { anchorsInOrder, withoutBlocks } from "../checks/markdown.mjs";

const BEFORE_HEADING = /^<a id="([^"]+)"><\/a>\n\n(?=#{1,6} )/gm;

/** The anchors of GitHub by the anchors of the plugin, for one page. */
function renamesOf(text) {
  const headings = /^(?:<a id="([^"]+)"><\/a>\n\n)?#{1,6} .+$/gm;
  const marked = [...withoutBlocks(text).matchAll(headings)];
  const names = anchorsInOrder(text);
  return new Map(
    marked.map(([, id], index) => [id, names[index]]).filter(([id]) => id !== undefined),
  );
}

/** Takes the plugin's anchors out of the pages and points all links to the headings. */
export function useHeadingAnchors(pages) {
  const renames = new Map([...pages].map(([name, text]) => [name, renamesOf(text)]));
  const fix = (name, text) =>
    text
      .replace(BEFORE_HEADING, "")
      .replace(/\]\(([\w-]+\.md)?#([\w-]+)\)/g, (link, file, anchor) => {
        const renamed = renames.get(file ?? name)?.get(anchor);
        return renamed ? `](${file ?? ""}#${renamed})` : link;
      });
  return new Map([...pages].map(([name, text]) => [name, fix(name, text)]));
}
