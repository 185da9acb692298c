// Reads TypeScript sources by the compiler's own parser.
import ts from "typescript";

/** Parses one file. */
export const parse = (path, text) =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, /* setParentNodes */ true);

/** Lists the comments of a file, each with its offset. */
export function commentsOf(source) {
  const text = source.text;
  const found = new Map();
  const add = (ranges) => {
    for (const { pos, end } of ranges ?? []) found.set(pos, text.slice(pos, end));
  };
  const visit = (node) => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode)
      return;
    add(ts.getLeadingCommentRanges(text, node.getFullStart()));
    add(ts.getTrailingCommentRanges(text, node.getEnd()));
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return [...found].map(([offset, comment]) => ({ offset, comment }));
}

/** The text of a docstring without its stars; `undefined` for any other comment. */
export function docstringText(comment) {
  if (!comment.startsWith("/**")) return undefined;
  return comment
    .slice(3, -2)
    .replace(/^\s*\* ?/gm, "")
    .trim();
}

const isExported = (node) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;

const hasDocstring = (node) => ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc);

const hasDefault = (member) =>
  ts.getJSDocTags(member).some((tag) => ["default", "defaultValue"].includes(tag.tagName.text));

/** The optional members of exported interfaces and object types whose name ends with `Options`. */
function optionsOf(statement) {
  const name = statement.name?.text ?? "";
  // `SentryOptions` are another SDK's, which are only read.
  const isOptions = name.endsWith("Options") && name !== "SentryOptions" && isExported(statement);
  if (!isOptions) return [];
  if (ts.isInterfaceDeclaration(statement)) return statement.members;
  if (ts.isTypeAliasDeclaration(statement) && ts.isTypeLiteralNode(statement.type))
    return statement.type.members;
  return [];
}

/** The functions that a statement exports, `const f = () => …` included. */
function functionsOf(statement) {
  if (ts.isFunctionDeclaration(statement)) return isExported(statement) ? [statement] : [];
  if (!ts.isVariableStatement(statement) || !isExported(statement)) return [];
  const isFunction = ({ initializer }) =>
    initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
  return statement.declarationList.declarations.filter(isFunction);
}

/** Finds options without `@default` and exported functions without a docstring. */
export function findUndocumented(source) {
  const lineOf = (node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const documented = new Set();
  const findings = [];
  for (const statement of source.statements) {
    for (const member of optionsOf(statement))
      if (member.questionToken && !hasDefault(member)) {
        const name = `${statement.name.text}.${member.name.getText(source)}`;
        findings.push({
          rule: "default",
          line: lineOf(member),
          message: `${name} has no @default`,
        });
      }
    for (const node of functionsOf(statement)) {
      const name = node.name?.text ?? "default";
      // The docstring of an overload serves those that follow.
      if (hasDocstring(node)) documented.add(name);
      if (!documented.has(name))
        findings.push({
          rule: "function",
          line: lineOf(node),
          message: `${name} has no docstring`,
        });
    }
  }
  return findings;
}
