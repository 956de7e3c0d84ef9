import type { AssumedRole } from "../../environments/options/assumed-role";
import type { Environment } from "../../environments/plan/environment";

/** Credentials that the AWS SDK gets by assuming a role. */
export type RoleCredentials = ReturnType<
  typeof import("@aws-sdk/credential-providers").fromTemporaryCredentials
>;

/** What a client of the AWS SDK is made with. */
export interface SdkSettings {
  readonly region: string;
  /** @default - the standard chain: environment variables, AWS_PROFILE, IAM Identity Center, … */
  readonly credentials?: RoleCredentials;
}

/** Session name where the file has none. */
const sessionName = "ecr-platform";

/**
 * The credentials of a role, which the credentials of the standard chain assume.
 *
 * @param region whose STS is asked
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export async function credentialsOfRole(
  { arn, externalId, sessionName: name = sessionName }: AssumedRole,
  region: string,
): Promise<RoleCredentials> {
  const { fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  return fromTemporaryCredentials({
    params: {
      RoleArn: arn,
      RoleSessionName: name,
      ...(externalId !== undefined && { ExternalId: externalId }),
    },
    clientConfig: { region },
  });
}

/**
 * What a client is made with that asks AWS on behalf of Terraform: it assumes the role that Terraform assumes, so that it
 * sees the same account and needs no other permission.
 *
 * @param region of the client
 */
export async function asTerraform(
  { deployRole, region: home }: Pick<Environment, "deployRole" | "region">,
  region: string,
): Promise<SdkSettings> {
  return deployRole === undefined
    ? { region }
    : { region, credentials: await credentialsOfRole(deployRole, home) };
}
