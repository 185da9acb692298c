import type { Sample, SamplePage } from "@spanmeter/explorer/model/sample-page";
import { useEffect, useMemo } from "preact/hooks";
import { apiPath } from "../api/ask.js";
import { commandOf } from "../copy/command.js";
import { CopyMenu } from "../copy/copy-menu.js";
import { csvOf } from "../copy/csv.js";
import { formatCount } from "../format/number.js";
import { Empty, Failed, Loading } from "../parts/state.js";
import { usePages } from "../table/use-pages.js";
import { parameters } from "../url/address.js";
import { SampleTable } from "./sample-table.js";
import { scopeOf } from "./paths.js";
import type { Panel } from "./panel.js";
import { useTypical } from "./use-typical.js";
import { tellingKeys } from "./telling-keys.js";

interface SamplesProps {
  readonly panel: Panel;
  /** The item that is pointed at, here or on a chart. */
  readonly lit: string | undefined;
  readonly onPoint: (id: string | undefined) => void;
}

/** The single items of a metric: those of the selection, if there is one. */
export function Samples({ panel, lit, onPoint }: SamplesProps) {
  const given = parameters.value;
  const { box } = given;
  const bounds = [
    ...(box?.min === undefined ? [] : [`@value>=${box.min}`]),
    ...(box?.max === undefined ? [] : [`@value<=${box.max}`]),
  ];
  const query = {
    ...scopeOf({ ...given, ...(box && { since: box.since, until: box.until }) }, panel),
    where: [...given.where, ...bounds],
    sort: given.sort,
  };
  const parts = ["metrics", panel.name, "samples"];
  const pages = usePages<SamplePage>({
    parts,
    query,
    newRows: ({ names }) => names?.[panel.name] ?? 0,
  });
  const samples = useMemo(() => pages.pages.flatMap((page) => page.samples), [pages.pages]);
  const keys = useMemo(() => tellingKeys(samples, panel.by), [samples, panel.by.join()]);
  const typical = useTypical(panel);
  const { error } = pages;
  const isRead = pages.pages.length > 0;
  useEffect(() => () => onPoint(undefined), []);

  if (!isRead) return error ? <Failed error={error} /> : <Loading what="the samples" />;
  if (samples.length === 0 && pages.newer === 0)
    return (
      <Empty title="No samples">
        <p>No item of this range matches the filters and the selection.</p>
      </Empty>
    );
  return (
    <div class="samples" data-ready={pages.path}>
      <div class="row">
        {pages.newer > 0 && (
          <button type="button" onClick={pages.refresh}>
            {formatCount(pages.newer)} newer
          </button>
        )}
        <CopyMenu
          command={commandOf(["samples", panel.name], query)}
          path={apiPath(parts, query)}
          csv={() => samplesCsv(samples)}
        />
        {error && <span class="warn name">{error.message}</span>}
      </div>
      <SampleTable
        samples={samples}
        keys={keys}
        unit={panel.unit ?? "none"}
        typical={typical}
        hasMore={pages.hasMore}
        lit={lit}
        onPoint={onPoint}
        onEnd={pages.readMore}
      />
    </div>
  );
}

function samplesCsv(samples: readonly Sample[]): string {
  const keys = [...new Set(samples.flatMap(({ attributes }) => Object.keys(attributes)))];
  return csvOf([
    ["time", "value", "trace", "span", ...keys],
    ...samples.map(({ time, value, traceId, spanId, attributes }) => [
      time,
      value,
      traceId,
      spanId,
      ...keys.map((key) => (attributes[key] === undefined ? undefined : String(attributes[key]))),
    ]),
  ]);
}
