import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import type { Statement } from "../../../modules/iam/policy-document";

/** @param variables environment variables of the account */
const client = ({
  AWS_ENDPOINT_URL,
  AWS_REGION,
  AWS_ACCESS_KEY_ID,
  AWS_SECRET_ACCESS_KEY,
  AWS_SESSION_TOKEN,
}: NodeJS.ProcessEnv): IAMClient =>
  new IAMClient({
    ...(AWS_ENDPOINT_URL !== undefined && { endpoint: AWS_ENDPOINT_URL }),
    ...(AWS_REGION !== undefined && { region: AWS_REGION }),
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "",
      sessionToken: AWS_SESSION_TOKEN ?? "",
    },
  });

const statementsIn = (document = ""): Statement[] => JSON.parse(decodeURIComponent(document)).Statement;

/** ARN of a role, and the statements of its trust policy. */
export async function trustOf(
  variables: NodeJS.ProcessEnv,
  RoleName: string,
): Promise<{ readonly arn: string | undefined; readonly statements: Statement[] }> {
  const { Role } = await client(variables).send(new GetRoleCommand({ RoleName }));
  return { arn: Role?.Arn, statements: statementsIn(Role?.AssumeRolePolicyDocument) };
}

/** Every statement that a role has, of its own and of AWS's policies. */
export async function roleStatements(variables: NodeJS.ProcessEnv, RoleName: string): Promise<Statement[]> {
  const iam = client(variables);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const own = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return PolicyDocument;
  });
  const ofAws = AttachedPolicies.map(async ({ PolicyArn }) => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return PolicyVersion?.Document;
  });
  const documents = await Promise.all([...own, ...ofAws]);
  return documents.flatMap((document) => statementsIn(document));
}
