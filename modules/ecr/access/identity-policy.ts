import { policyDocument, type Statement } from "../../iam/policy-document";
import { loginAction, pullActions, pushActions } from "./image-actions";

/** What a role may do with images. `push` is enough to push; a role that also runs the images needs both. */
export type Access = "pull" | "push";

/** Permissions of a role on one repository. */
export interface RepositoryAccess {
  readonly repositoryArn: string;
  readonly access: readonly Access[];
}

/** IAM's limit, in characters, for all inline policies of a role together. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const maxRolePolicyLength = 10_240;

/**
 * Allows logging in to the registry, in a separate statement: the action does not apply to repositories, so IAM
 * supports it on `*` only.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export function allowLogin(Sid: string): Statement {
  return { Sid, Effect: "Allow", Action: [loginAction], Resource: "*" };
}

/** Allows pulling from repositories. @param repositoryArns their ARNs; `*` matches any text */
export function allowPull(repositoryArns: readonly string[]): Statement {
  return { Sid: "PullImages", Effect: "Allow", Action: pullActions, Resource: repositoryArns };
}

/** Allows pushing to repositories. Parameters as for {@link allowPull}. */
function allowPush(repositoryArns: readonly string[]): Statement {
  return { Sid: "PushImages", Effect: "Allow", Action: pushActions, Resource: repositoryArns };
}

/**
 * Statements that a role needs to log in and use the repositories. Repositories with the same access share a statement,
 * sorted and without duplicates, so that order and repetition make no difference.
 */
export function identityStatements(accesses: readonly RepositoryAccess[]): Statement[] {
  const statement = (kind: Access, allow: (repositoryArns: readonly string[]) => Statement): Statement[] => {
    const arns = accesses.filter(({ access }) => access.includes(kind)).map((one) => one.repositoryArn);
    return arns.length === 0 ? [] : [allow([...new Set(arns)].toSorted())];
  };
  const onRepositories = [...statement("pull", allowPull), ...statement("push", allowPush)];
  return onRepositories.length === 0 ? [] : [allowLogin("LogIn"), ...onRepositories];
}

/** A role's policy as JSON. */
export function identityPolicy(accesses: readonly RepositoryAccess[]): string {
  return policyDocument(identityStatements(accesses));
}

/** Advice for a role's policy that is too long, as "rule; remedy". */
export function rolePolicyLengthAdvice(length: number): string {
  return `the inline policy of the role would have ${length} characters, and IAM allows ${maxRolePolicyLength}; attach your own policy to the role with a pattern such as arn:aws:ecr:<region>:<account>:repository/<project>-*`;
}
