import { policyDocument } from "../../../modules/iam/policy-document";
import type { Environment } from "../../plan/environment";
import { boundaryStatements } from "../../plan/pipeline-policies";
import type { Problem } from "../../schema/problem";
import { maxManagedPolicyLength } from "./managed-policy";
import { namesProblem } from "./names-one-by-one";

/**
 * A permissions boundary that is longer than IAM allows a managed policy to be. Each part of an environment, such as a cache of
 * another registry or EKS Auto Mode, adds to it, and leaves less to `workloadActions`.
 */
export function boundaryProblems(environment: Environment): Problem[] {
  const { file, security, state } = environment;
  const deploy = security.ci?.deploy;
  if (deploy === undefined || state.backend !== "s3") return [];
  const excess = policyDocument(boundaryStatements(environment)).length - maxManagedPolicyLength;
  if (excess <= 0) return [];
  const path = ["security", "ci", "deploy"];
  const { workloadActions } = deploy;
  const { length } = JSON.stringify(workloadActions);
  if (workloadActions.length > 0 && length > excess)
    return [
      {
        ...{ file, path: [...path, "workloadActions"], found: `${workloadActions.length} actions` },
        advice: `the actions have ${length} characters, and the permissions boundary has space for ${length - excess}; use fewer actions, with a * at the end`,
      },
    ];
  const total = maxManagedPolicyLength + excess;
  return [
    namesProblem(environment)?.("the permissions boundary", total, maxManagedPolicyLength) ?? {
      ...{ file, path, found: `a permissions boundary of ${total} characters` },
      advice: `IAM allows ${maxManagedPolicyLength} characters, and each kind of consumer and each cache of another registry needs some; move some of them to another environment`,
    },
  ];
}
