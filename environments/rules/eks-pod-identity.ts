import { maxRolePolicyLength } from "../../modules/ecr/access/identity-policy";
import { podLabels } from "../../modules/eks/pod-template";
import { partitionOf } from "../../modules/iam/aws-partition";
import { policyDocument } from "../../modules/iam/policy-document";
import { maxRoleNameLength } from "../naming";
import type { UncheckedEks } from "../options/eks";
import type { UncheckedEnvironment } from "../options/environment";
import { eksWorkloads } from "../plan/eks";
import { podRoleName, podRoleStatements } from "../plan/eks-pod-identity";
import { secretArnShape } from "../plan/secrets";
import { unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { entriesIn, namesIn } from "../schema/unchecked";
import { runsOnFargate } from "./eks-deployment";
import { environmentAddressOf, environmentIdOf } from "./sections";

/** What the rules read of a workload before validation. */
interface Workload {
  readonly namespace?: unknown;
  readonly podIdentity?: { readonly secrets?: unknown } | null | undefined;
}

/** Rules for the roles of pods. */
export function podIdentityRules(
  environment: UncheckedEnvironment,
  eks: UncheckedEks,
  context: RuleContext,
): void {
  for (const collection of Object.keys(eksWorkloads) as (keyof typeof eksWorkloads)[])
    for (const [name, { namespace, podIdentity }] of entriesIn<Workload>(eks[collection])) {
      if (typeof podIdentity !== "object" || podIdentity === null) continue;
      const at = context.at("eks", collection, name);
      support(environment, eks, { name, namespace }, podIdentity, at);
      roleNameLength(environment, name, at);
      secrets(environment, podIdentity.secrets, at.at("podIdentity", "secrets"));
    }
}

/**
 * The agent is a DaemonSet, of which Fargate runs none.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 * @see https://docs.amazonaws.cn/en_us/eks/latest/userguide/pod-identities.html
 */
function support(
  { region }: UncheckedEnvironment,
  eks: UncheckedEks,
  { name, namespace }: { readonly name: string; readonly namespace?: unknown },
  found: object,
  { problem }: RuleContext,
): void {
  if (typeof region === "string" && partitionOf(region) === "aws-cn")
    problem(
      ["podIdentity"],
      found,
      "EKS Pod Identity is not available in China Regions; remove podIdentity and use IAM roles for service accounts",
    );
  else if (typeof namespace === "string" && runsOnFargate(eks, { namespace, labels: podLabels(name) }))
    problem(
      ["podIdentity"],
      found,
      "a Fargate profile selects these pods, and EKS Pod Identity needs an agent on the node, which Fargate cannot run; use a namespace that no profile selects, or remove podIdentity and use IAM roles for service accounts",
    );
}

function roleNameLength(environment: UncheckedEnvironment, workload: string, { problem }: RuleContext): void {
  const identity = environmentIdOf(environment);
  if (identity === undefined) return;
  const name = podRoleName(identity, workload);
  if (name.length > maxRoleNameLength)
    problem(
      [],
      name,
      `this would be the name of the role of its pods, and IAM role names have at most ${maxRoleNameLength} characters; shorten a part of it by ${name.length - maxRoleNameLength}`,
    );
}

function secrets(environment: UncheckedEnvironment, names: unknown, { problem }: RuleContext): void {
  // The schema reports a value that is not a list.
  if (!Array.isArray(names)) return;
  const known = namesIn(environment.security?.secrets);
  const named = names.filter(
    (name: unknown): name is string => typeof name === "string" && name.trim() !== "",
  );
  named.forEach((name) => {
    if (known !== undefined && !known.includes(name))
      problem([names.indexOf(name)], name, unknownName("security.secrets", "secret", name, known));
  });
  const address = environmentAddressOf(environment);
  if (address === undefined) return;
  const { region, accountId } = address;
  const { length } = policyDocument(
    podRoleStatements(address, {
      secretArns: [...new Set(named)].map((name) => secretArnShape(environment, name)),
      secretsKeyArn: `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${"0".repeat(36)}`,
    }),
  );
  if (length > maxRolePolicyLength)
    problem(
      [],
      `${named.length} secrets`,
      `the policy of the role would have ${length} characters, and IAM allows ${maxRolePolicyLength}; combine related values in one secret`,
    );
}
