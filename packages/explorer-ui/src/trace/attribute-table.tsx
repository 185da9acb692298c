import type { AttributeValue } from "@spanmeter/explorer/model/received-item";
import { addressWith, parameters, screen } from "../url/address.js";
import { hasValue } from "../url/filters.js";
import { CopyButton } from "./copy-button.js";

/** A key and its value. */
export type Attribute = readonly [key: string, value: AttributeValue];

interface TableProps {
  readonly caption: string;
  readonly attributes: readonly Attribute[];
  /** Whether the chart of a metric can be filtered by them. */
  readonly canFilter?: boolean;
}

/** Keys and values, each of which can be copied, and beside the chart of a metric filtered by. */
export function AttributeTable({ caption, attributes, canFilter = false }: TableProps) {
  if (attributes.length === 0) return null;
  const hasChart = canFilter && screen.value.at === "metric";
  return (
    <table class="attributes">
      <caption class="unseen">{caption}</caption>
      <tbody>
        {attributes.map(([key, value]) => (
          <tr key={key}>
            <th scope="row" class="name">
              {key}
            </th>
            <td class="name">{String(value)}</td>
            <td class="actions">
              {hasChart && (
                <a href={withFilter(hasValue(key, textOf(value)))}>
                  filter<span class="unseen"> by {key}</span>
                </a>
              )}
              <CopyButton text={String(value)}>Copy</CopyButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Writes a value as filters compare it. */
const textOf = (value: AttributeValue): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value);

function withFilter(filter: string): string {
  const { where } = parameters.value;
  return where.includes(filter) ? addressWith({}) : addressWith({ where: [...where, filter] });
}
