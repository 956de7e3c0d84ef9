import { driftLabel, type Forge, required, type Variables } from "./forge";
import { rest } from "./rest";

/** Who writes with the token of a job. @see https://docs.github.com/en/actions/concepts/security/github_token */
const author = "github-actions[bot]";

/**
 * GitHub, with the token of the job.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 * @see https://docs.github.com/en/rest/issues/issues
 */
export function github(variables: Variables): Forge {
  const token = required(variables, "GITHUB_TOKEN", "${{ github.token }}");
  const repository = required(variables, "GITHUB_REPOSITORY", "owner/repository, as GitHub does in jobs");
  const { send, list } = rest(variables["GITHUB_API_URL"] ?? "https://api.github.com", {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "x-github-api-version": "2022-11-28",
  });
  const base = `repos/${repository}/issues`;
  const own = async (path: string) =>
    (await list(path)).filter(({ user }) => (user as { login?: string } | null)?.login === author);
  const pullRequest = () => required(variables, "PULL_REQUEST", "the number of the pull request");
  return {
    comments: async () =>
      (await own(`${base}/${pullRequest()}/comments`)).map(({ id, body }) => ({
        ...{ id: String(id), body: String(body ?? "") },
      })),
    addComment: async (body) => void (await send("POST", `${base}/${pullRequest()}/comments`, { body })),
    changeComment: async (id, body) => void (await send("PATCH", `${base}/comments/${id}`, { body })),
    issues: async () =>
      (await own(`${base}?state=open&labels=${driftLabel}`))
        .filter(({ pull_request }) => pull_request === undefined)
        .map(({ number, title, body }) => ({
          ...{ id: String(number), title: String(title), body: String(body ?? "") },
        })),
    openIssue: async (title, body) => void (await send("POST", base, { title, body, labels: [driftLabel] })),
    changeIssue: async (id, body) => void (await send("PATCH", `${base}/${id}`, { body })),
    closeIssue: async (id) => void (await send("PATCH", `${base}/${id}`, { state: "closed" })),
  };
}
