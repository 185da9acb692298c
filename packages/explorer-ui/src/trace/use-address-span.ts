import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { parameters, replace } from "../url/address.js";
import { idOfRow } from "./trace-rows.js";
import type { Rows } from "./use-rows.js";

/** The address follows the active row after this pause, in milliseconds: browsers limit how often it may change. */
const WRITE_MS = 300;

interface AddressSpanOptions {
  readonly grid: RefObject<HTMLElement | null>;
  /** Whether the rows take the focus when they appear. */
  readonly takesFocus: () => boolean;
}

/**
 * Goes to the row that the address names, as soon as it is received, and writes the active row into the address.
 * Returns the span or item of the address while it is not received.
 */
export function useAddressSpan(
  rows: Rows,
  { grid, takesFocus }: AddressSpanOptions,
): string | undefined {
  const { span } = parameters.value;
  const known = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (takesFocus()) grid.current?.focus();
  }, []);
  useEffect(() => {
    if (span === undefined || span === known.current) return;
    if (rows.find(span)) known.current = span;
  }, [span, rows.all]);

  const id = rows.active && idOfRow(rows.active);
  const isFirst = rows.place === 0 && span === undefined;
  useEffect(() => {
    if (id === undefined || id === known.current || isFirst) return undefined;
    const timer = setTimeout(() => {
      known.current = id;
      replace({ span: id });
    }, WRITE_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return span !== undefined && span !== known.current && !isThere(rows, span) ? span : undefined;
}

const isThere = ({ all }: Rows, id: string): boolean =>
  all.some((row) => row.key === id || idOfRow(row) === id);
