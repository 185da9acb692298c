import type { Context } from "hono";
import type { BoxOptions, ChangeOptions } from "../questions/change-question.js";
import { usageError } from "../questions/query-error.js";

type Json = Readonly<Record<string, unknown>>;
type Check = (name: string, value: unknown) => void;

const text: Check = (name, value) => {
  if (typeof value !== "string") throw usageError(`${name} must be a text`);
};

const number: Check = (name, value) => {
  if (typeof value !== "number") throw usageError(`${name} must be a number`);
};

const texts: Check = (name, value) => {
  if (!Array.isArray(value) || value.some((each) => typeof each !== "string"))
    throw usageError(`${name} must be a list of texts`);
};

/** Creates a check that refuses members that an object does not have: a mistyped one would otherwise be ignored. */
const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (name, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw usageError(`${name} must be a JSON object`);
    const prefix = name === BODY ? "" : `${name}.`;
    for (const [key, member] of Object.entries(value)) {
      const check = Object.hasOwn(members, key) ? members[key] : undefined;
      if (check === undefined)
        throw usageError(
          `There is no member "${prefix}${key}" here; valid are ${Object.keys(members).join(", ")}`,
        );
      check(prefix + key, member);
    }
  };

const BODY = "The body";

const BOX = { since: text, until: text, min: number, max: number } satisfies Members<BoxOptions>;

const CHANGES = {
  type: text,
  unit: text,
  where: texts,
  since: text,
  until: text,
  box: object(BOX),
  ids: texts,
  seed: number,
} satisfies Members<ChangeOptions>;

/** A check for every option, and no other. */
type Members<T> = Readonly<Record<keyof T, Check>>;

/** Reads the options of a comparison from the body. Throws a usage error for any other body. */
export async function changeOptions({ req }: Context): Promise<ChangeOptions> {
  const body = parse(await req.text());
  object(CHANGES)(BODY, body);
  return body as Json;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw usageError(`${BODY} must be a JSON object`);
  }
}
