// The one place that says where the repository is. The owner is a placeholder until it is published.
export const REPOSITORY = "spanmeter/spanmeter";
export const REPOSITORY_URL = `https://github.com/${REPOSITORY}`;
/** Links in the READMEs of packages begin with this: npm's pages do not know relative links. */
export const FILE_URL = `${REPOSITORY_URL}/blob/main/`;
