/** Writes a text for a POSIX shell. */
const shell = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, String.raw`'\''`)}'`;

/** The options of a command by name. Lists are repeated; `undefined` is left out, `true` has no value. */
export type CommandOptions = Readonly<
  Record<string, string | number | true | readonly string[] | undefined>
>;

/** Returns a command of the command line, for example `npx spanmeter query a --since 1h`. */
export function commandOf(words: readonly string[], options: CommandOptions): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((each) =>
      each === undefined ? [] : each === true ? [`--${name}`] : [`--${name}`, String(each)],
    ),
  );
  // Commands find an explorer on the usual port by themselves.
  const url = location.port === "8969" ? [] : ["--url", location.origin];
  return ["npx", "spanmeter", ...words, ...given, ...url].map(shell).join(" ");
}

/** Returns the command that asks the API, with a question in JSON if there is one. */
export const curlOf = (path: string, body?: unknown): string =>
  [
    "curl",
    shell(location.origin + path),
    ...(body === undefined
      ? []
      : [
          "--header",
          shell("content-type: application/json"),
          "--data",
          shell(JSON.stringify(body)),
        ]),
  ].join(" ");
