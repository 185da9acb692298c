import { join } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { internalNames, names } from "../../internal-names.js";

const root = join(import.meta.dirname, "../../../..");

/** The program of the production file's sources. */
function readSources(): ts.Program {
  const config = join(root, "packages/browser/tsconfig.json");
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} };
  const paths = { "@spanmeter/core": [join(root, "packages/core/src/index.ts")] };
  const found = ts.getParsedCommandLineOfConfigFile(config, { paths }, host);
  const options = { ...found?.options, composite: false, incremental: false };
  return ts.createProgram(found?.fileNames ?? [], options);
}

const program = readSources();
const checker = program.getTypeChecker();
const isOurs = ({ fileName }: ts.SourceFile): boolean =>
  /packages\/(core|browser)\/src\//.test(fileName);
const isListed = (name: string): boolean => internalNames.test(name);

type Use = { readonly name: string; readonly symbol: ts.Symbol | undefined };

/** The member that a node reads or writes by name. */
function memberAt(node: ts.Node): Use | undefined {
  if (ts.isPropertyAccessExpression(node))
    return { name: node.name.text, symbol: checker.getSymbolAtLocation(node.name) };
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    const name = (node.propertyName ?? node.name).getText();
    return { name, symbol: checker.getTypeAtLocation(node.parent).getProperty(name) };
  }
  if (ts.isObjectLiteralElement(node) && node.name && ts.isIdentifier(node.name)) {
    const { text: name } = node.name;
    const expected = checker.getContextualType(node.parent as ts.ObjectLiteralExpression);
    return { name, symbol: expected?.getProperty(name) ?? checker.getSymbolAtLocation(node.name) };
  }
  return undefined;
}

/** The string by which a node names a member; strings are not shortened. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return node.argumentExpression.text;
  const isIn = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword;
  return isIn && ts.isStringLiteralLike(node.left) ? node.left.text : undefined;
}

function everyNode(): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  program.getSourceFiles().filter(isOurs).forEach(visit);
  return nodes;
}

/** The names of all members that an application can reach from what the package exports. */
function publicMembers(): Set<string> {
  const names = new Set<string>();
  const seen = new Set<ts.Type>();
  const isInternal = (symbol: ts.Symbol): boolean =>
    symbol.getJsDocTags(checker).some((tag) => tag.name === "internal");
  const visit = (type: ts.Type): void => {
    if (seen.has(type)) return;
    seen.add(type);
    // An application passes parts on as they are, and never reads their slots.
    if (type.getSymbol()?.name.endsWith("Part")) return;
    if (type.isUnionOrIntersection()) type.types.forEach(visit);
    for (const signature of type.getCallSignatures())
      [signature.getReturnType(), ...signature.parameters.map(typeOf)].forEach(visit);
    const members = type.getProperties().filter((member) => !isInternal(member));
    for (const member of members.filter((each) => !declaredElsewhere(each))) {
      names.add(member.name);
      visit(typeOf(member));
    }
  };
  for (const entry of ["index", "sentry"]) {
    const file = program.getSourceFile(join(root, `packages/browser/src/${entry}.ts`));
    const module = file && checker.getSymbolAtLocation(file);
    for (const given of module ? checker.getExportsOfModule(module) : []) {
      names.add(given.name);
      const isAlias = given.flags & ts.SymbolFlags.Alias;
      const symbol = isAlias ? checker.getAliasedSymbol(given) : given;
      visit(
        symbol.flags & ts.SymbolFlags.Value
          ? typeOf(symbol)
          : checker.getDeclaredTypeOfSymbol(symbol),
      );
    }
  }
  return names;
}

const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbol(symbol);
const declaredElsewhere = (symbol: ts.Symbol): boolean =>
  symbol.declarations?.some((declaration) => !isOurs(declaration.getSourceFile())) ?? false;

describe("a shortened name", () => {
  test("is not reachable for an application", () => {
    const names = publicMembers();
    for (const known of [
      "init",
      "createClient",
      "stats",
      "recorded",
      "beforeSendMetric",
      "traceId",
      "spanmeterIntegration",
      "beforeSetup",
    ])
      expect(names).toContain(known);
    expect([...names].filter(isListed)).toEqual([]);
  });

  /** The members of interfaces that other copies of the package, or a Sentry SDK, have too. */
  const shared = {
    Client: ["metrics", "missed", "endsWithSentry"],
    Early: ["releases", "around"],
    SentryClient: ["getDsn", "getTransport"],
    SentryClientSettings: ["beforeSendMetric", "tunnel"],
    SentryDsn: ["publicKey", "projectId"],
    SerializedMetric: ["trace_id", "attributes"],
  };

  test.each(Object.entries(shared))("is no member of %s", (interfaceName, known) => {
    const members = program
      .getSourceFiles()
      .filter(isOurs)
      .flatMap((file) => file.statements.filter(ts.isInterfaceDeclaration))
      .filter(({ name }) => name.text === interfaceName)
      .flatMap((found) => found.members.map(({ name }) => name?.getText() ?? ""));
    expect(members).toEqual(expect.arrayContaining(known));
    // Absent in production files.
    expect(members.filter((name) => isListed(name) && name !== "warn")).toEqual([]);
  });

  const nodes = everyNode();

  test("is never used for a member of the language, the DOM or another package", () => {
    const uses = nodes.flatMap((node) => memberAt(node) ?? []);
    expect(uses.length).toBeGreaterThan(500);
    const foreign = uses.filter(({ symbol }) => symbol && declaredElsewhere(symbol));
    expect(foreign.map(({ name }) => name)).toContain("sendBeacon");
    expect(foreign.map(({ name }) => name).filter(isListed)).toEqual([]);
  });

  test("is never used as a string, which would not be shortened", () => {
    const texts = nodes.flatMap((node) => textOf(node) ?? []);
    expect(texts).toContain("x-sentry-rate-limits");
    expect(texts.filter(isListed)).toEqual([]);
  });

  test("occurs in a production file", async () => {
    const { mangleCache } = await build({
      entryPoints: ["index", "sentry"].map((name) => join(root, `packages/browser/src/${name}.ts`)),
      outdir: "out",
      alias: { "@spanmeter/core": join(root, "packages/core/src/index.ts") },
      bundle: true,
      write: false,
      format: "esm",
      define: { __DEV__: "false" },
      mangleProps: internalNames,
      mangleCache: {},
    });
    expect(names.filter((name) => !(name in mangleCache))).toEqual([]);
  });
});
