import type { Parameters } from "./parameters.js";

/** The time range as the API and the commands are asked for it: they end now by themselves. */
export const askedRange = ({
  since,
  until,
}: Pick<Parameters, "since" | "until">): { since: string; until: string | undefined } => ({
  since,
  until: until === "now" ? undefined : until,
});
