// Checks what npm shows of each published package: where it comes from, where to report, and how it is found; and that
// every URL of the repository names the owner of scripts/checks/repository.mjs.
import { lineAt, listFiles, readText, report, rootOf } from "./files.mjs";
import { REPOSITORY, REPOSITORY_URL } from "./repository.mjs";

const root = rootOf(process.argv);

const expected = (directory) => ({
  homepage: directory
    ? `${REPOSITORY_URL}/tree/main/${directory}#readme`
    : `${REPOSITORY_URL}#readme`,
  bugs: { url: `${REPOSITORY_URL}/issues` },
  repository: { type: "git", url: `git+${REPOSITORY_URL}.git`, ...(directory && { directory }) },
});

function problemsOf(directory) {
  const path = directory ? `${directory}/package.json` : "package.json";
  const manifest = JSON.parse(readText(root, path));
  const wrong = Object.entries(expected(directory))
    .filter(([key, value]) => JSON.stringify(manifest[key]) !== JSON.stringify(value))
    .map(([key, value]) => `${path}: ${key} must be ${JSON.stringify(value)}`);
  const lacksKeywords = directory && !(manifest.keywords?.length >= 5);
  return lacksKeywords ? [...wrong, `${path}: keywords must be at least 5`] : wrong;
}

/** Finds URLs of a repository of this name that belongs to another owner. */
function otherOwners(path) {
  const text = readText(root, path);
  const [, name] = REPOSITORY.split("/");
  return [...text.matchAll(new RegExp(`github\\.com/([\\w-]+/${name})\\b`, "g"))]
    .filter(([, repository]) => repository !== REPOSITORY)
    .map(({ 0: url, index }) => `${path}:${lineAt(text, index)}: ${url} is not ${REPOSITORY}`);
}

const published = ["core", "browser", "node", "explorer"].map((name) => `packages/${name}`);
const pages = listFiles(root, "", /\.(md|ya?ml)$/);
report([...["", ...published].flatMap(problemsOf), ...pages.flatMap(otherOwners)], {
  passed: "Manifests and pages name the repository.",
});
