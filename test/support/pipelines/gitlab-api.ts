import { type Entry, type ForgeAnswer, ForgeApi, type ForgeRequest, pageOf } from "./forge-api";

const missing = { status: 404, body: { message: "404 Not found" } };

/**
 * Notes and issues of one project of GitLab, for one token.
 *
 * @see https://docs.gitlab.com/api/notes/
 * @see https://docs.gitlab.com/api/issues/
 */
export class GitlabApi {
  readonly notes: Entry[] = [];
  readonly issues: Entry[] = [];
  readonly token = "glpat-project";
  private api: ForgeApi | undefined;

  private constructor(
    private readonly project: number,
    private readonly mergeRequest: number,
  ) {}

  static async start(project: number, mergeRequest: number): Promise<GitlabApi> {
    const gitlab = new GitlabApi(project, mergeRequest);
    gitlab.api = await ForgeApi.start((request) => gitlab.answer(request));
    return gitlab;
  }

  get url(): string {
    return this.api?.url ?? "";
  }

  get requests(): readonly string[] {
    return this.api?.requests ?? [];
  }

  async close(): Promise<void> {
    await this.api?.close();
  }

  private answer({ method, path, query, headers, body }: ForgeRequest): ForgeAnswer {
    if (headers["private-token"] !== this.token)
      return { status: 401, body: { message: "401 Unauthorized" } };
    const author = { id: 7 };
    if (path === "/user") return { status: 200, body: author };
    const notes = `/projects/${this.project}/merge_requests/${this.mergeRequest}/notes`;
    const issues = `/projects/${this.project}/issues`;
    if (path === notes && method === "GET") return { status: 200, body: pageOf(this.notes, query) };
    if (path === issues && method === "GET") {
      const found = this.issues.filter(
        ({ state, labels }) =>
          state === query.get("state") &&
          String(labels)
            .split(",")
            .includes(query.get("labels") ?? ""),
      );
      return { status: 200, body: pageOf(found, query) };
    }
    if (path === notes) return added(this.notes, { id: 300 + this.notes.length, author, ...body });
    if (path === issues)
      return added(this.issues, { iid: 1 + this.issues.length, state: "opened", author, ...body });
    const entry =
      this.notes.find(({ id }) => path === `${notes}/${id}`) ??
      this.issues.find(({ iid }) => path === `${issues}/${iid}`);
    if (entry === undefined || method !== "PUT") return missing;
    Object.assign(entry, body, body["state_event"] === "close" && { state: "closed" });
    return { status: 200, body: entry };
  }
}

function added(entries: Entry[], entry: Entry): ForgeAnswer {
  entries.push(entry);
  return { status: 201, body: entry };
}
