import { driftLabel, type Forge, required, type Variables } from "./forge";
import { rest } from "./rest";

/**
 * GitLab, with a project access token: the token of a job can write neither notes nor issues.
 *
 * @see https://docs.gitlab.com/api/notes/
 * @see https://docs.gitlab.com/api/issues/
 * @see https://docs.gitlab.com/ci/jobs/ci_job_token/
 */
export function gitlab(variables: Variables): Forge {
  const token = required(variables, "GITLAB_TOKEN", "a project access token with the scope api");
  const url = required(variables, "CI_API_V4_URL", "the URL of the API, as GitLab does in jobs");
  const project = required(variables, "CI_PROJECT_ID", "the ID of the project, as GitLab does in jobs");
  const { send, list } = rest(url, { "private-token": token });
  const issues = `projects/${project}/issues`;
  const notes = () =>
    `projects/${project}/merge_requests/${required(variables, "CI_MERGE_REQUEST_IID", "the number of the merge request")}/notes`;
  const own = async (path: string) => {
    const { id: self } = (await send("GET", "user")) as { id: number };
    return (await list(path)).filter(({ author }) => (author as { id?: number } | null)?.id === self);
  };
  return {
    comments: async () =>
      (await own(notes())).map(({ id, body }) => ({ id: String(id), body: String(body ?? "") })),
    addComment: async (body) => void (await send("POST", notes(), { body })),
    changeComment: async (id, body) => void (await send("PUT", `${notes()}/${id}`, { body })),
    issues: async () =>
      (await own(`${issues}?state=opened&labels=${driftLabel}`)).map(({ iid, title, description }) => ({
        ...{ id: String(iid), title: String(title), body: String(description ?? "") },
      })),
    openIssue: async (title, body) =>
      void (await send("POST", issues, { title, description: body, labels: driftLabel })),
    changeIssue: async (id, body) => void (await send("PUT", `${issues}/${id}`, { description: body })),
    closeIssue: async (id) => void (await send("PUT", `${issues}/${id}`, { state_event: "close" })),
  };
}
