import { expect, test } from "vitest";
import { credentialProblem } from "../../../../scripts/failures/credentials";

const problem = (error: string) => credentialProblem(error, { name: "dev", accountId: "123456789012" });

test.each([
  "operation error STS: GetCallerIdentity, https response error StatusCode: 403, api error ExpiredToken: The security token included in the request is expired",
  "ExpiredTokenException: The security token included in the request is expired",
  "failed to refresh cached credentials, refresh cached SSO token failed, unable to refresh SSO token",
  "CredentialsProviderError: The SSO session associated with this profile has expired.",
  "Error when retrieving token from sso: Token has expired and refresh failed",
  "RequestExpired: Request has expired.",
])("expired credentials: %s", (error) => {
  expect(problem(error)).toBe(
    "The AWS credentials have expired; sign in to account 123456789012 again, e.g. with aws sso login, and rerun the command.",
  );
});

test.each([
  "api error InvalidClientTokenId: The security token included in the request is invalid",
  "UnrecognizedClientException: The security token included in the request is invalid.",
  "InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.",
  "SignatureDoesNotMatch: The request signature we calculated does not match",
])("credentials that AWS does not know: %s", (error) => {
  expect(problem(error)).toMatch(/^AWS does not accept the credentials: .*sign in to account 123456789012/);
});

test.each([
  "Error: No valid credential sources found Please see https://developer.hashicorp.com/terraform/language/backend/s3",
  "CredentialsProviderError: Could not load credentials from any providers",
  "Error: failed to get shared config profile, production",
  "CredentialsProviderError: Could not resolve credentials using profile: [prod]",
])("no credentials: %s", (error) => {
  expect(problem(error)).toBe(
    "There are no AWS credentials; sign in to account 123456789012, e.g. with aws sso login, or set AWS_PROFILE to a profile of that account, and rerun the command.",
  );
});

test.each(["AccessDenied: not authorized to perform: ecr:DescribeImages", "RepositoryNotFoundException", ""])(
  "other errors are about something else: %s",
  (error) => {
    expect(problem(error)).toBeUndefined();
  },
);

const deployRole = { arn: "arn:aws:iam::123456789012:role/platform/deploy" };
const inRole = (error: string, externalId?: string) =>
  credentialProblem(error, {
    ...{ name: "dev", accountId: "123456789012" },
    deployRole: { ...deployRole, ...(externalId !== undefined && { externalId }) },
  });

test("a role that may not be assumed is named, with what it takes", () => {
  const refused = `operation error STS: AssumeRole, https response error StatusCode: 403, api error AccessDenied: User: arn:aws:sts::999988887777:assumed-role/people/ana is not authorized to perform: sts:AssumeRole on resource: ${deployRole.arn}`;

  expect(inRole(refused)).toMatchInlineSnapshot(
    `"The AWS credentials are not authorized to assume arn:aws:iam::123456789012:role/platform/deploy; they need sts:AssumeRole on the role, and its trust policy must allow them; if that policy requires an external ID, set deployRole.externalId. To see whose credentials are used: aws sts get-caller-identity"`,
  );
  expect(inRole(refused, "platform:4711")).toMatchInlineSnapshot(
    `"The AWS credentials are not authorized to assume arn:aws:iam::123456789012:role/platform/deploy; they need sts:AssumeRole on the role, and its trust policy must allow them, with the external ID platform:4711. To see whose credentials are used: aws sts get-caller-identity"`,
  );
  expect(problem(refused)).toMatchInlineSnapshot(
    `"The AWS credentials are not authorized to assume arn:aws:iam::123456789012:role/platform/deploy; they need sts:AssumeRole on the role, and its trust policy must allow them. To see whose credentials are used: aws sts get-caller-identity"`,
  );
});

test("with a role to assume, other accounts have the credentials", () => {
  expect(inRole("ExpiredToken: The security token included in the request is expired")).toMatchInlineSnapshot(
    `"The AWS credentials have expired; sign in to an account that can assume arn:aws:iam::123456789012:role/platform/deploy again, e.g. with aws sso login, and rerun the command."`,
  );
  expect(inRole("No valid credential sources found")).toMatchInlineSnapshot(
    `"There are no AWS credentials; sign in to an account that can assume arn:aws:iam::123456789012:role/platform/deploy, e.g. with aws sso login, or set AWS_PROFILE to a profile of that account, and rerun the command."`,
  );
});
