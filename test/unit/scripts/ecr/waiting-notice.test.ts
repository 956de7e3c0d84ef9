import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { HttpResponse } from "@smithy/core/protocols";
import { afterEach, expect, test, vi } from "vitest";
import { Notices, noticeWaits } from "../../../../scripts/ecr/waiting-notice";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What a client says while AWS answers each request in some way, for a time. */
async function said(answer: () => Promise<object>, ms: number, requests = 1): Promise<string[]> {
  let isWarm = false;
  const lines: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  const client = new ECRClient({
    ...{ region: "eu-west-1", retryMode: "adaptive", maxAttempts: 8 },
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    requestHandler: { handle: () => (isWarm ? answer() : response(200)()) } as never,
  });
  // The first request of a client reads files.
  await client.send(new DescribeRepositoriesCommand({}));
  isWarm = true;
  vi.useFakeTimers();
  noticeWaits(client, "eu-west-1", new Notices());
  for (let request = 0; request < requests; request++)
    client.send(new DescribeRepositoriesCommand({})).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(ms);
  return lines;
}

const response = (statusCode: number, error?: string) => async () => ({
  response: new HttpResponse({
    statusCode,
    headers: { "content-type": "application/x-amz-json-1.1", ...(error && { "x-amzn-errortype": error }) },
    body: new TextEncoder().encode("{}"),
  }),
});

test("constant throttling is reported after a few seconds, and not at each attempt", async () => {
  const lines = await said(response(400, "ThrottlingException"), 29_000, 3);

  expect(lines).toEqual([
    "AWS is throttling DescribeRepositories in eu-west-1 (ThrottlingException); still retrying after 5 s.\n",
  ]);
});

test("silence is said again after a while", async () => {
  const lines = await said(() => new Promise(() => undefined), 36_000);

  expect(lines).toEqual([
    "AWS has not answered DescribeRepositories in eu-west-1; still waiting after 5 s.\n",
    "AWS has not answered DescribeRepositories in eu-west-1; still waiting after 35 s.\n",
  ]);
});

test("an answer in time needs no line", async () => {
  expect(await said(response(200), 20_000)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
