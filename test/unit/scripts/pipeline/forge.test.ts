import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { reconcileIssues } from "../../../../scripts/pipeline/drift-issues";
import { forgeOf } from "../../../../scripts/pipeline/job-forge";
import { fitting, maxCommentLength, writeComment } from "../../../../scripts/pipeline/sticky-comment";
import type { Report, StackReport } from "../../../../scripts/review/report/report";

type Entry = Record<string, unknown>;

/** A list of comments or issues that answers as GitHub and GitLab do, in pages. */
let server: Server;
let url: string;
let written: Entry[];
let requests: string[];

const bodyOf = async (request: IncomingMessage): Promise<Entry> => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text === "" ? {} : JSON.parse(text);
};

beforeEach(async () => {
  written = [];
  requests = [];
  server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://forge");
    requests.push(`${request.method} ${pathname}`);
    const sent = await bodyOf(request);
    const answer = (body: unknown, status = 200) => response.writeHead(status).end(JSON.stringify(body));
    const self = { user: { login: "github-actions[bot]" }, author: { id: 7 } };
    if (pathname === "/user") return answer({ id: 7 });
    if (request.method === "GET") {
      const [size, page] = [Number(searchParams.get("per_page")), Number(searchParams.get("page"))];
      const open = written.filter(({ state }) => state === undefined || state === searchParams.get("state"));
      return answer(open.slice((page - 1) * size, page * size));
    }
    if (request.method === "POST") {
      const id = written.length + 1;
      const state = /issues$/.test(pathname)
        ? { state: pathname.startsWith("/repos") ? "open" : "opened" }
        : {};
      written.push({ id, number: id, iid: id, ...self, ...state, ...sent });
      return answer({ id }, 201);
    }
    const entry = written.find(({ id }) => pathname.endsWith(`/${id}`));
    if (entry === undefined) return answer({ message: "Not Found" }, 404);
    Object.assign(entry, sent, sent["state_event"] === "close" ? { state: "closed" } : {});
    return answer(entry);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const variables: Record<string, () => Record<string, string>> = {
  GitHub: () => ({
    ...{ GITHUB_ACTIONS: "true", GITHUB_TOKEN: "t0ken", GITHUB_REPOSITORY: "acme/platform" },
    ...{ GITHUB_API_URL: url, PULL_REQUEST: "12" },
  }),
  GitLab: () => ({
    ...{ GITLAB_CI: "true", GITLAB_TOKEN: "t0ken", CI_API_V4_URL: url, CI_PROJECT_ID: "34" },
    ...{ CI_MERGE_REQUEST_IID: "12" },
  }),
};
const textOf = ({ body, description }: Entry) => String(description ?? body);

const stack = (name: string, status: StackReport["status"], outputs = 0): StackReport => ({
  ...{
    stack: name,
    status,
    waits: [],
    blocks: [],
    imports: 0,
    forgotten: [],
    moved: [],
    abandoned: 0,
    outputs,
    changes: [],
  },
  ...{ counts: { create: 0, update: 0, replace: 0, delete: 0 } as StackReport["counts"], losses: [] },
  ...{
    weakenings: [],
    access: [],
    unreadablePolicies: [],
    repositories: [],
    settings: [],
    defaultTags: false,
  },
});
const report = (...stacks: StackReport[]): Report => ({
  ...{ schemaVersion: 1, source: "plans", base: "prod as it is deployed", head: "main", moves: [], stacks },
  verdict: { risky: false, blocked: false, text: "" },
});

describe.each(Object.keys(variables))("%s", (name) => {
  const forge = () => forgeOf(variables[name]?.() ?? {});

  test("a comment is added once, then changed, then kept", async () => {
    expect(await writeComment(forge(), "plan of prod", "one")).toBe("added");
    expect(await writeComment(forge(), "plan of prod", "two")).toBe("changed");
    expect(await writeComment(forge(), "plan of prod", "two")).toBe("kept");
    expect(await writeComment(forge(), "plan of dev", "three")).toBe("added");
    expect(written.map(textOf)).toEqual([
      "<!-- ecr-platform: plan of prod -->\ntwo",
      "<!-- ecr-platform: plan of dev -->\nthree",
    ]);
  });

  test("the comment is found behind 250 others; that of somebody else with the same mark is left alone", async () => {
    const others = Array.from({ length: 250 }, (_, index) => ({
      ...{
        id: 1000 + index,
        body: "<!-- ecr-platform: plan -->\nmine",
        user: { login: "eve" },
        author: { id: 8 },
      },
    }));
    written.push(...others);
    await writeComment(forge(), "plan", "one");
    await writeComment(forge(), "plan", "two");
    expect(written).toHaveLength(251);
    expect(written.slice(0, 250)).toEqual(others);
    expect(textOf(written[250] ?? {})).toContain("two");
  });

  test("a stack that differs has one issue, which is closed when it no longer does", async () => {
    const run = (...stacks: StackReport[]) => reconcileIssues(forge(), report(...stacks));
    expect(await run(stack("a", "changed"), stack("b", "unchanged"))).toEqual(["Drift: a: opened"]);
    expect(await run(stack("a", "changed"), stack("b", "unchanged"))).toEqual([]);
    expect(await run(stack("a", "changed", 3), stack("b", "unchanged"))).toEqual(["Drift: a: changed"]);
    expect(await run(stack("a", "not planned"), stack("b", "unchanged"))).toEqual([]);
    expect(await run(stack("a", "unchanged"), stack("b", "changed"))).toEqual([
      "Drift: a: closed",
      "Drift: b: opened",
    ]);
    expect(await run(stack("a", "changed"), stack("b", "changed"))).toEqual(["Drift: a: opened"]);
    expect(written.map(({ title, state }) => `${title} ${state}`.replace("opened", "open"))).toEqual([
      "Drift: a closed",
      "Drift: b open",
      "Drift: a open",
    ]);
  });

  test("a refusal is an error with the answer, without the token", async () => {
    const failed = await forge()
      .changeComment("99", "text")
      .catch((error: Error) => error.message);
    expect(failed).toContain('404 {"message":"Not Found"}');
    expect(failed).not.toContain("t0ken");
  });

  test.each(Object.keys(variables[name]?.() ?? {}).filter((key) => key.includes("TOKEN")))(
    "without %s nothing is sent",
    (missing) => {
      expect(() => forgeOf({ ...variables[name]?.(), [missing]: "" })).toThrow(
        `The variable ${missing} is not set`,
      );
      expect(requests).toEqual([]);
    },
  );
});

test("outside of a job nothing is written", () => {
  expect(() => forgeOf({})).toThrow("neither a job of GitHub Actions nor of GitLab CI");
});

test("a comment is cut after a whole line", () => {
  const line = "x".repeat(99);
  const long = Array.from({ length: 1000 }, () => line).join("\n");
  const cut = fitting(long);
  expect(cut.length).toBeLessThanOrEqual(maxCommentLength);
  expect(
    cut
      .split("\n\n")[0]
      ?.split("\n")
      .every((one) => one === line),
  ).toBe(true);
  expect(fitting("short")).toBe("short");
});
