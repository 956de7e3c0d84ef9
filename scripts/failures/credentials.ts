import type { Environment } from "../../environments/plan/environment";

/** The environment that a command works on, as far as its credentials matter. */
export type Target = Pick<Environment, "name" | "accountId">;

/**
 * What is wrong with the AWS credentials, according to an error of Terraform or of the AWS SDK, and what to do.
 *
 * @param error in one line
 * @returns `undefined` if the error is about something else
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonErrors.html
 */
export function credentialProblem(error: string, { name, accountId }: Target): string | undefined {
  const [, found] = /AWS account ID not allowed: (\d{12})/.exec(error) ?? [];
  if (found !== undefined)
    return `The AWS credentials belong to account ${found}, but ${name} is in ${accountId}; use credentials of ${accountId}. To see whose credentials are used: aws sts get-caller-identity`;
  const signIn = `sign in to account ${accountId} again, e.g. with aws sso login, and rerun the command.`;
  if (expired.test(error)) return `The AWS credentials have expired; ${signIn}`;
  if (rejected.test(error))
    return `AWS does not accept the credentials: the access key does not exist or is inactive, or its secret or session token is wrong; ${signIn}`;
  if (missing.test(error))
    return `There are no AWS credentials; sign in to account ${accountId}, e.g. with aws sso login, or set AWS_PROFILE to a profile of that account, and rerun the command.`;
  return undefined;
}

const expired =
  /ExpiredToken|RequestExpired|security token included in the request is expired|token has expired|SSO (?:session|token)\b.{0,80}(?:expired|invalid)|refresh cached SSO token failed/i;

const rejected =
  /InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|security token included in the request is invalid/;

const missing =
  /No valid credential sources found|Could not load credentials from any providers|failed to get shared config profile|Could not resolve credentials using profile|Credential is missing/;
