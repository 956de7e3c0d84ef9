import { type Entry, type ForgeAnswer, ForgeApi, type ForgeRequest, pageOf } from "./forge-api";

type Permissions = Readonly<Record<string, string>>;

const denied = { status: 403, body: { message: "Resource not accessible by integration" } };
const missing = { status: 404, body: { message: "Not Found" } };

/**
 * Comments and issues of one repository of GitHub, which knows what each token may do.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 * @see https://docs.github.com/en/rest/issues/issues
 */
export class GithubApi {
  readonly comments: Entry[] = [];
  readonly issues: Entry[] = [];
  private readonly tokens = new Map<string, Permissions>();
  private api: ForgeApi | undefined;

  private constructor(
    private readonly repository: string,
    private readonly pullRequest: number,
  ) {}

  static async start(repository: string, pullRequest: number): Promise<GithubApi> {
    const github = new GithubApi(repository, pullRequest);
    github.api = await ForgeApi.start((request) => github.answer(request));
    return github;
  }

  get url(): string {
    return this.api?.url ?? "";
  }

  get requests(): readonly string[] {
    return this.api?.requests ?? [];
  }

  /** A token of a job. */
  token(permissions: Permissions): string {
    const token = `ghs_${this.tokens.size}`;
    this.tokens.set(token, permissions);
    return token;
  }

  async close(): Promise<void> {
    await this.api?.close();
  }

  private answer(request: ForgeRequest): ForgeAnswer {
    const permissions = this.tokens.get(String(request.headers.authorization).replace("Bearer ", ""));
    if (permissions === undefined) return { status: 401, body: { message: "Bad credentials" } };
    const base = `/repos/${this.repository}/issues`;
    if (!request.path.startsWith(base)) return missing;
    const path = request.path.slice(base.length);
    const level = request.method === "GET" ? /^(read|write)$/ : /^write$/;
    const may = (permission: string) => level.test(permissions[permission] ?? "none");
    if (path.includes("/comments"))
      return may("pull-requests") || may("issues") ? this.answerComment(path, request) : denied;
    return may("issues") ? this.answerIssue(path, request) : denied;
  }

  private answerComment(path: string, { method, query, body }: ForgeRequest): ForgeAnswer {
    if (path === `/${this.pullRequest}/comments`) {
      if (method === "GET") return { status: 200, body: pageOf(this.comments, query) };
      return { status: 201, body: added(this.comments, { id: 1000 + this.comments.length, ...body }) };
    }
    return changed(this.comments, ({ id }) => path === `/comments/${id}`, body);
  }

  private answerIssue(path: string, { method, query, body }: ForgeRequest): ForgeAnswer {
    if (path === "" && method === "GET") {
      const found = this.issues.filter(
        ({ state, labels }) =>
          state === query.get("state") &&
          (labels as { name: string }[]).some(({ name }) => name === query.get("labels")),
      );
      return { status: 200, body: pageOf(found, query) };
    }
    if (path === "") {
      const labels = (body["labels"] as string[]).map((name) => ({ name }));
      const number = 100 + this.issues.length;
      return {
        status: 201,
        body: added(this.issues, { id: 5000 + number, number, state: "open", ...body, labels }),
      };
    }
    return changed(this.issues, ({ number }) => path === `/${number}`, body);
  }
}

function added(entries: Entry[], entry: Entry): Entry {
  const own = { user: { login: "github-actions[bot]" }, ...entry };
  entries.push(own);
  return own;
}

function changed(entries: Entry[], isMeant: (entry: Entry) => boolean, body: Entry): ForgeAnswer {
  const entry = entries.find(isMeant);
  return entry === undefined ? missing : { status: 200, body: Object.assign(entry, body) };
}
