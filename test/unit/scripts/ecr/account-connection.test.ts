import { createServer } from "node:http";
import { DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { STSClient } from "@aws-sdk/client-sts";
import { afterEach, expect, test, vi } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { AccountConnection, reasonOf } from "../../../../scripts/ecr/account-connection";
import { CommandError } from "../../../../scripts/runner/command";
import { minimal, only } from "../../../support/environments/minimal";

const [environment] = loadEnvironments(only(minimal));
if (environment === undefined) throw new Error("no environment");

afterEach(() => vi.restoreAllMocks());

const sdkError = (name: string, message: string) => Object.assign(new Error(message), { name });

/** What STS answers: the account of the credentials, or an error. */
function answering(answer: string | Error) {
  vi.spyOn(STSClient.prototype, "send").mockImplementation(() =>
    answer instanceof Error ? Promise.reject(answer) : (Promise.resolve({ Account: answer }) as never),
  );
  return AccountConnection.open(environment as NonNullable<typeof environment>);
}

test("credentials of the environment's account connect", async () => {
  expect((await answering("111122223333")).environment).toBe(environment);
});

test("fails when the credentials are of another account, and says whose they are", async () => {
  await expect(answering("999988887777")).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Error: The AWS credentials belong to account 999988887777, but test is in 111122223333; use credentials of 111122223333, or set deployRole. To see whose credentials are used: aws sts get-caller-identity]`,
  );
});

test("credentials of another account assume the environment's role, and the account of the role is checked", async () => {
  const arn = "arn:aws:iam::111122223333:role/deploy";
  const accounts = ["999988887777", "111122223333", "999988887777", "444455556666"];
  const send = vi
    .spyOn(STSClient.prototype, "send")
    .mockImplementation(() => Promise.resolve({ Account: accounts.shift() }) as never);
  const withRole = { ...environment, deployRole: { arn } } as NonNullable<typeof environment>;

  const connection = await AccountConnection.open(withRole);

  expect(connection.accountId).toBe("111122223333");
  expect(send).toHaveBeenCalledTimes(2);
  await expect(AccountConnection.open(withRole)).rejects.toThrow("belong to account 444455556666");
});

test("credentials of the environment's account are used as they are, because they may be of a lesser role", async () => {
  const send = vi
    .spyOn(STSClient.prototype, "send")
    .mockImplementation(() => Promise.resolve({ Account: "111122223333" }) as never);
  const deployRole = { arn: "arn:aws:iam::111122223333:role/deploy" };

  await AccountConnection.open({ ...environment, deployRole } as NonNullable<typeof environment>);

  expect(send).toHaveBeenCalledTimes(1);
});

test.each([
  ["CredentialsProviderError", "Could not load credentials from any providers"],
  [
    "CredentialsProviderError",
    "Could not resolve credentials using profile: [none] in configuration/credentials file(s).",
  ],
  ["ExpiredTokenException", "The security token included in the request is expired"],
  [
    "CredentialsProviderError",
    "The SSO session associated with this profile has expired or is otherwise invalid.",
  ],
  ["InvalidClientTokenId", "The security token included in the request is invalid."],
  ["SignatureDoesNotMatch", "The request signature we calculated does not match"],
])("%s: %s says what to do in one line", async (name, message) => {
  const error = await answering(sdkError(name, message)).catch((found: Error) => found);

  expect(error).toBeInstanceOf(CommandError);
  expect((error as Error).message).toMatch(
    /^(?:The AWS credentials have expired|AWS does not accept the credentials|There are no AWS credentials).*; sign in to account 111122223333.*$/,
  );
});

test("every other error keeps its name and message, in one line", () => {
  expect(reasonOf(sdkError("AccessDeniedException", "no\n  ecr:DescribeImages"), environment as never)).toBe(
    "AccessDeniedException: no ecr:DescribeImages",
  );
  expect(reasonOf(new Error("plain"), environment as never)).toBe("plain");
});

test("an error that says what to do passes as it is", async () => {
  const connection = await answering("111122223333");
  const known = new CommandError("do this");

  await expect(connection.ask("x", () => Promise.reject(known))).rejects.toBe(known);
});

test("a client is made once for each service and Region, which slows down when AWS asks for it", async () => {
  const connection = await answering("111122223333");

  expect(connection.ecr()).toBe(connection.ecr("eu-west-1"));
  expect(connection.ecr("us-west-2")).not.toBe(connection.ecr());
  expect(await connection.ecr("us-west-2").config.region()).toBe("us-west-2");
  expect(connection.ecr().config.retryMode).toBe("adaptive");
});

test("an answer that is not one of AWS is told as such, with its status", async () => {
  const server = createServer((_, response) => {
    response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad gateway</html>");
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
  const client = new ECRClient({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });

  const error = await client
    .send(new DescribeImagesCommand({ repositoryName: "app" }))
    .catch((reason: Error) => reason);
  server.close();

  expect(reasonOf(error as Error, environment as never)).toBe(
    "the answer, HTTP 502, is not one of AWS; a proxy, a VPN or AWS_ENDPOINT_URL may be between",
  );
});
