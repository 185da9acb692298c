import { ArrowRight } from "lucide-preact";
import type { FindingCount, Verdicts } from "@spanmeter/explorer/model/finding";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { commandOf } from "../copy/command.js";
import { CopyMenu } from "../copy/copy-menu.js";
import { csvOf } from "../copy/csv.js";
import { formatCount } from "../format/number.js";
import { formatAgo } from "../format/time.js";
import { Empty, Failed, Loading } from "../parts/state.js";
import { addressOf, parameters } from "../url/address.js";
import { askedRange } from "../url/asked-range.js";

interface FindingsProps {
  readonly metric?: string | undefined;
  readonly code?: string | undefined;
}

/** The notes about received items, each with what was sent, what Sentry would store, and how to mend it. */
export function Findings({ metric, code }: FindingsProps) {
  const range = askedRange(parameters.value);
  const path = apiPath(["verdicts"], {
    ...range,
    metric,
    code,
    limit: 1,
  });
  const { data, error } = useAnswer<Verdicts>(path).value;
  if (!data) return error ? <Failed error={error} /> : <Loading what="the notes" />;
  if (data.counts.length === 0)
    return (
      <Empty title="Nothing to mend">
        <p>Sentry would store every item of this range as it was sent.</p>
      </Empty>
    );
  return (
    <div class="findings">
      <p class="row">
        <span>
          {formatCount(data.total.notes)} notes of {formatCount(data.total.counts)} kinds
        </span>
        <CopyMenu
          command={commandOf(["lint", ...(metric === undefined ? [] : [metric])], {
            ...range,
            code,
          })}
          path={path}
          csv={() =>
            csvOf([
              ["name", "code", "verdict", "count", "field", "before", "after", "fix"],
              ...data.counts.map((each) => [
                each.name,
                each.code,
                each.verdict,
                each.count,
                each.field,
                each.before,
                each.after,
                each.fix,
              ]),
            ])
          }
        />
      </p>
      <ul>
        {data.counts.map((each) => (
          <li key={`${each.kind} ${each.name} ${each.code} ${each.verdict} ${each.field}`}>
            <Note note={each} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Note({ note }: { note: FindingCount }) {
  const { kind, name, code, verdict, count, lastSeen, message, field, before, after, fix } = note;
  return (
    <>
      <p class="row">
        <strong class={verdict === "dropped" ? "bad" : "warn"}>{verdict}</strong>
        {kind === "metric" ? (
          <a class="name" href={addressOf({ at: "metric", name }, { tab: "lint" })}>
            {name}
          </a>
        ) : (
          <span class="name">
            {kind} {name}
          </span>
        )}
        <code>{code}</code>
        <span class="faint">
          {formatCount(count)} ×, last {formatAgo(lastSeen)}
        </span>
      </p>
      <p class="name">{message}</p>
      {(before !== undefined || after !== undefined) && (
        <p class="name">
          {field !== undefined && <span class="faint">{field}: </span>}
          <code>{before ?? "(missing)"}</code>
          <ArrowRight size={12} role="img" aria-label="becomes" />
          <code>{after ?? (verdict === "dropped" ? "(dropped)" : "(removed)")}</code>
        </p>
      )}
      <p>
        <span class="faint">Fix:</span> {fix}
      </p>
    </>
  );
}
