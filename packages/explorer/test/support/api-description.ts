import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

type Json = Record<string, unknown>;

export interface Schema {
  type?: string;
  enum?: string[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  items?: Schema;
}

export interface Parameter {
  name: string;
  in: "path" | "query";
  required?: boolean;
  schema: Schema;
  example: unknown;
}

interface ResponseDescription {
  content: Record<string, { schema: Schema }>;
  "x-events"?: Record<string, Schema>;
}

export interface Operation {
  method: string;
  path: string;
  operationId: string;
  summary: string;
  tags: string[];
  parameters: Parameter[];
  /** JSON that is sent with it. */
  body: Json | undefined;
  responses: Record<string, ResponseDescription>;
  ignoresUnknownParameters: boolean;
}

/** The OpenAPI document as it is in the package. */
export const DOCUMENT = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../openapi.json"), "utf8"),
) as Json;

/** Follows a `$ref` inside the document. */
export function resolveRef<T>(value: unknown): T {
  const reference = (value as { $ref?: string }).$ref;
  if (reference === undefined) return value as T;
  const [, ...keys] = reference.split("/");
  return resolveRef(keys.reduce<unknown>((part, key) => (part as Json)[key], DOCUMENT));
}

/** Every operation of the document, with its references resolved. */
export const operations = (): Operation[] =>
  Object.entries(DOCUMENT["paths"] as Record<string, Json>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, value]) => operationOf(path, method, value as Json)),
  );

function operationOf(path: string, method: string, value: Json): Operation {
  const { operationId, summary, tags, parameters = [], responses, requestBody = {} } = value;
  const { content } = resolveRef<{ content?: Record<string, { example?: Json }> }>(requestBody);
  const isIgnoring = value["x-ignores-unknown-parameters"] === true;
  return {
    method: method.toUpperCase(),
    path,
    operationId: operationId as string,
    summary: summary as string,
    tags: tags as string[],
    parameters: (parameters as unknown[]).map((each) => {
      const parameter = resolveRef<Parameter>(each);
      return { ...parameter, schema: resolveRef<Schema>(parameter.schema) };
    }),
    body: (tags as string[]).includes("read") ? content?.["application/json"]?.example : undefined,
    responses: Object.fromEntries(
      Object.entries(responses as Json).map(([status, each]) => [status, resolveRef(each)]),
    ) as Operation["responses"],
    ignoresUnknownParameters: isIgnoring || (tags as string[]).includes("send"),
  };
}

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
ajv.addFormat("date-time", (text: string) => !Number.isNaN(Date.parse(text)));
ajv.addFormat("binary", true);
ajv.addSchema({ $id: "openapi", $defs: absolute((DOCUMENT["components"] as Json)["schemas"]) });

/** The schema with references that can be used outside the document. */
function absolute(schema: unknown): object {
  const text = JSON.stringify(schema).replaceAll("#/components/schemas/", "openapi#/$defs/");
  return JSON.parse(text) as object;
}

/** Fails unless a value is valid against a schema of the document. */
export function expectValid(schema: Schema, value: unknown): void {
  const validate = ajv.compile(absolute(schema));
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

/** Fails unless the document describes the response, and returns its body. */
export async function expectDescribed(operation: Operation, response: Response): Promise<unknown> {
  const description = operation.responses[String(response.status)];
  const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  const content = description?.content[type];
  const text = await response.text();
  expect([operation.operationId, response.status, type, text, content !== undefined]).toEqual([
    operation.operationId,
    response.status,
    type,
    text,
    true,
  ]);
  if (content === undefined || type !== "application/json") return text;
  const body: unknown = JSON.parse(text);
  expectValid(content.schema, body);
  return body;
}
