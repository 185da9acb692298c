import { Findings } from "../lint/findings.js";

/** The notes about one metric. */
export const LintTab = ({ name }: { readonly name: string }) => <Findings metric={name} />;
