import type { Environment } from "../../environments/plan/environment";

/** The environment that a command works on, as far as its credentials matter. */
export interface Target
  extends Pick<Environment, "name" | "accountId">,
    Partial<Pick<Environment, "deployRole">> {
  /** Whether `deployRole` can help. @default true */
  readonly assumable?: boolean;
}

/**
 * What is wrong with the AWS credentials, according to an error of Terraform or of the AWS SDK, and what to do.
 *
 * @param error in one line
 * @returns `undefined` if the error is about something else
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonErrors.html
 */
export function credentialProblem(error: string, environment: Target): string | undefined {
  const { name, accountId, deployRole, assumable = true } = environment;
  const [, refused] = notAssumed.exec(error) ?? [];
  if (refused !== undefined)
    return `The AWS credentials are not authorized to assume ${refused}; they need sts:AssumeRole on the role, and its trust policy must allow them${externalIdAdvice(refused, deployRole)}. To see whose credentials are used: aws sts get-caller-identity`;
  const [, found] = /AWS account ID not allowed: (\d{12})/.exec(error) ?? [];
  if (found !== undefined)
    return `The AWS credentials belong to account ${found}, but ${name} is in ${accountId}; use credentials of ${accountId}${deployRole === undefined && assumable ? ", or set deployRole" : ""}. To see whose credentials are used: aws sts get-caller-identity`;
  const account =
    deployRole === undefined ? `account ${accountId}` : `an account that can assume ${deployRole.arn}`;
  const signIn = `sign in to ${account} again, e.g. with aws sso login, and rerun the command.`;
  if (expired.test(error)) return `The AWS credentials have expired; ${signIn}`;
  if (rejected.test(error))
    return `AWS does not accept the credentials: the access key does not exist or is inactive, or its secret or session token is wrong; ${signIn}`;
  if (missing.test(error))
    return `There are no AWS credentials; sign in to ${account}, e.g. with aws sso login, or set AWS_PROFILE to a profile of that account, and rerun the command.`;
  return undefined;
}

/** Terraform and the SDKs name the role, whether IAM does not let the caller assume it or its trust policy refuses. */
const notAssumed =
  /not authorized to perform: sts:AssumeRole on resource: (arn:\S+:role\/[\w+=,.@/-]*[\w+=,@/-])/;

/** A wrong external ID is refused like anything else. */
function externalIdAdvice(refused: string, role: Target["deployRole"]): string {
  if (role?.arn !== refused) return "";
  return role.externalId === undefined
    ? "; if that policy requires an external ID, set deployRole.externalId"
    : `, with the external ID ${role.externalId}`;
}

const expired =
  /ExpiredToken|RequestExpired|security token included in the request is expired|token has expired|SSO (?:session|token)\b.{0,80}(?:expired|invalid)|refresh cached SSO token failed/i;

const rejected =
  /InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|security token included in the request is invalid/;

const missing =
  /No valid credential sources found|Could not load credentials from any providers|failed to get shared config profile|Could not resolve credentials using profile|Credential is missing/;
