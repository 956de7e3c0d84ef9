import { policyDocument, type Statement } from "../../iam/policy-document";
import { loginAction, pullActions, pushActions } from "./image-actions";

/** What a role may do with images. To push takes `push` alone; who also runs what it pushed needs both. */
export type Access = "pull" | "push";

/** What a role may do with one repository. */
export interface RepositoryAccess {
  readonly repositoryArn: string;
  readonly access: readonly Access[];
}

/** IAM's limit on all inline policies of a role together. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const maxRolePolicyLength = 10_240;

/**
 * The login to the registry, in a statement of its own: it concerns no repository, so AWS takes it on `*` only.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export function allowLogin(Sid: string): Statement {
  return { Sid, Effect: "Allow", Action: [loginAction], Resource: "*" };
}

/** To pull from repositories. @param repositoryArns their ARNs; `*` stands for any text */
export function allowPull(repositoryArns: readonly string[]): Statement {
  return { Sid: "PullImages", Effect: "Allow", Action: pullActions, Resource: repositoryArns };
}

/** To push to repositories, in the same way as {@link allowPull}. */
function allowPush(repositoryArns: readonly string[]): Statement {
  return { Sid: "PushImages", Effect: "Allow", Action: pushActions, Resource: repositoryArns };
}

/**
 * What the policy of a role must hold, so that it may log in and use the repositories. Repositories with equal access
 * share a statement, sorted, so that neither order nor repetition makes a difference.
 */
export function identityStatements(accesses: readonly RepositoryAccess[]): Statement[] {
  const statement = (kind: Access, allow: (repositoryArns: readonly string[]) => Statement): Statement[] => {
    const arns = accesses.filter(({ access }) => access.includes(kind)).map((one) => one.repositoryArn);
    return arns.length === 0 ? [] : [allow([...new Set(arns)].toSorted())];
  };
  const onRepositories = [...statement("pull", allowPull), ...statement("push", allowPush)];
  return onRepositories.length === 0 ? [] : [allowLogin("LogIn"), ...onRepositories];
}

/** The text of a role's policy. */
export function identityPolicy(accesses: readonly RepositoryAccess[]): string {
  return policyDocument(identityStatements(accesses));
}

/** What to say of a role's policy that is too long. */
export function rolePolicyLengthAdvice(length: number): string {
  return `the inline policy of the role would have ${length} characters and IAM takes ${maxRolePolicyLength}; give the role a policy of its own with a pattern such as arn:aws:ecr:<region>:<account>:repository/<project>-*`;
}
