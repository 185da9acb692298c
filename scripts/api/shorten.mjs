// Leaves out of the reference what would only repeat another page: inherited members and re-exports.
import { Comment, ReflectionKind } from "typedoc";

/** Removes members that an interface or class inherits; its page links to the parent under "Extends". */
export function removeInherited(project) {
  for (const reflection of project.getReflectionsByKind(ReflectionKind.ClassOrInterface)) {
    const inherited = (reflection.children ?? []).filter((child) => child.inheritedFrom);
    for (const child of inherited) project.removeReflection(child);
  }
}

/** Replaces the re-exports of a page by one sentence with a link to each of them. */
export function listReexports(project, { module, note }) {
  const references = (module.children ?? []).filter((child) =>
    child.kindOf(ReflectionKind.Reference),
  );
  const links = references
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((reference) => ({
      kind: "inline-tag",
      tag: "@link",
      text: reference.name,
      target: reference.getTargetReflectionDeep(),
    }));
  const parts = note ? [{ kind: "text", text: note }] : [];
  if (links.length > 0) {
    parts.push({ kind: "text", text: `${note ? "\n\n" : ""}Also exported: ` });
    for (const [index, link] of links.entries()) {
      if (index > 0) parts.push({ kind: "text", text: ", " });
      parts.push(link);
    }
    parts.push({ kind: "text", text: "." });
  }
  for (const reference of references) project.removeReflection(reference);
  if (parts.length > 0) module.comment = new Comment(parts);
}

/** Sets defaults that are sentences, which typedoc takes for code, as text. */
export function unwrapSentences(project) {
  for (const reflection of Object.values(project.reflections))
    for (const tag of reflection.comment?.blockTags ?? []) {
      const [part] = tag.content;
      if (tag.tag !== "@default" || part?.kind !== "code") continue;
      const text = part.text.replace(/^```ts\n|\n```$/g, "");
      if (/^[A-Za-z][\w ]* [\w ]*$/.test(text)) part.text = text;
      else part.text = `\`${text}\``;
    }
}
