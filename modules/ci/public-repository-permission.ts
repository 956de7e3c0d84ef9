import { allow, oneOrMore, type Statement } from "../iam/policy-document";
import { publicRepositoryActions, publicRepositoryReads } from "./deploy-actions";
import type { ManagedEnvironment } from "./plan-permission";

/**
 * Permissions to read the public repositories of an environment, or to manage them, too.
 *
 * @returns no statement when the environment has none
 */
export function publicRepositoryPermission(
  { publicRepositoryArns }: ManagedEnvironment,
  access: "read" | "write",
): Statement[] {
  if (publicRepositoryArns === undefined) return [];
  const actions = [...publicRepositoryReads, ...(access === "write" ? publicRepositoryActions : [])];
  return [allow("PublicRepositories", actions, oneOrMore(publicRepositoryArns))];
}
