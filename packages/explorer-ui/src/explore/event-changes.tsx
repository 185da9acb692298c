import type { EventChange } from "@spanmeter/explorer/model/changes";
import { formatShare } from "../format/number.js";
import { change } from "../url/address.js";

/** Spans, errors and logs that more or fewer of the selected traces have. */
export function EventChanges({ events }: { events: readonly EventChange[] }) {
  if (events.length === 0) return null;
  return (
    <div class="scroll" role="region" aria-label="In their traces" tabIndex={0}>
      <table>
        <caption>In their traces</caption>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Name</th>
            <th scope="col" class="number">
              Selected
            </th>
            <th scope="col" class="number">
              Others
            </th>
            <th scope="col">Trace</th>
          </tr>
        </thead>
        <tbody>
          {events.map(({ kind, op, name, inside, outside, traceIds: [trace] }) => (
            <tr key={`${kind} ${op} ${name}`}>
              <td>{kind}</td>
              <td class="name">{op ? `${op} ${name}` : name}</td>
              <td class="number">{formatShare(inside)}</td>
              <td class="number">{formatShare(outside)}</td>
              <td>
                {trace !== undefined && (
                  <button type="button" onClick={() => change({ trace, span: undefined })}>
                    Open one
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
