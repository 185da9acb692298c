/** How a parameter of the address is read and written. */
export interface Codec<T> {
  /** The value of an address without the parameter; it is not written. */
  readonly absent: T;
  /** Returns the value of the parameter's texts, of which there is at least one; `undefined` when they are not valid. */
  read(texts: readonly string[]): T | undefined;
  /** Returns the texts of a value. */
  write(value: T): readonly string[];
}

const last = (texts: readonly string[]): string => texts.at(-1) ?? "";

/** Any text. Empty text is as good as none. */
export const text = <T extends string | undefined>(absent: T): Codec<string | T> => ({
  absent,
  read: (texts) => last(texts) || absent,
  write: (value) => (value === undefined ? [] : [value]),
});

/** One of several words. */
export const word = <W extends string, A extends W | undefined>(
  words: readonly W[],
  absent: A,
): Codec<W | A> => ({
  absent,
  read: (texts) => words.find((each) => each === last(texts)),
  write: (value) => (value === undefined ? [] : [value]),
});

/** Texts, in the order of the address. */
export const texts: Codec<readonly string[]> = {
  absent: [],
  read: (given) => given.filter((each) => each !== ""),
  write: (value) => value,
};

/** Words in one parameter, with commas between them. */
export const words = <W extends string>(valid?: readonly W[]): Codec<readonly W[]> => ({
  absent: [],
  read: (given) => {
    const all = given.flatMap((each) => each.split(",")).filter((each) => each !== "") as W[];
    return valid === undefined || all.every((each) => valid.includes(each)) ? all : undefined;
  },
  write: (value) => (value.length > 0 ? [value.join(",")] : []),
});

/** A whole number in a range. */
export const whole = (absent: number, min: number, max: number): Codec<number> => ({
  absent,
  read: (given) => {
    const number = Number(last(given));
    return /^\d+$/.test(last(given)) && number >= min && number <= max ? number : undefined;
  },
  write: (value) => [String(value)],
});

/** True with the parameter `1`, false without. */
export const flag: Codec<boolean> = {
  absent: false,
  read: (given) => (last(given) === "1" ? true : undefined),
  write: (value) => (value ? ["1"] : []),
};
