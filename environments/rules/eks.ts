import { coreDnsPod } from "../../modules/eks/fargate-selection";
import { architectureOf } from "../../modules/eks/processor-architecture";
import { partitionOf } from "../../modules/iam/aws-partition";
import { identityCenterPathAdvice, partitionInArn, roleArnPattern } from "../../modules/iam/principal-arn";
import type { UncheckedEks } from "../options/eks";
import type { UncheckedEnvironment } from "../options/environment";
import type { RuleContext } from "../schema/rule";
import { entriesIn, namesIn } from "../schema/unchecked";
import { autoModeIsOn, eksDeploymentRules, runsOnFargate } from "./eks-deployment";
import { podIdentityRules } from "./eks-pod-identity";

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html and CreateFargateProfile */
const computeName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

/** Rules between the parts of an environment's cluster and its other sections. */
export function eksRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { eks } = environment;
  if (typeof eks !== "object" || eks === null) return;
  network(environment, context);
  podCompute(eks, context);
  for (const map of ["nodeGroups", "fargateProfiles"] as const)
    for (const name of namesIn(eks[map]) ?? [])
      if (!computeName.test(name))
        context.problem(
          ["eks", map, name],
          name,
          "this name has 1 to 63 letters, digits, - and _ and starts with a letter or digit; use a name such as general",
        );
  nodeGroups(eks, context);
  accessEntries(environment, eks, context);
  eksDeploymentRules(eks, context);
  podIdentityRules(environment, eks, context);
}

/** https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
function network({ network: given }: UncheckedEnvironment, { problem }: RuleContext): void {
  if (given === undefined)
    problem(
      ["network"],
      given,
      'an EKS cluster needs a network; add network: { kind: "own", … } or { kind: "existing", … }',
    );
  else if (given?.kind === "existing" && (given.privateSubnetIds ?? []).length < 2)
    problem(
      ["network", "privateSubnetIds"],
      given.privateSubnetIds,
      "EKS requires subnets in at least two Availability Zones; add the ID of a private subnet in another zone",
    );
}

/** The cluster needs nodes or a Fargate profile for its pods, including CoreDNS. */
function podCompute(eks: UncheckedEks, { problem }: RuleContext): void {
  const { nodeGroups, fargateProfiles } = eks;
  // EKS creates a node as soon as a pod needs one, also for CoreDNS.
  if (autoModeIsOn(eks)) return;
  // The schema reports a value that is not a map.
  const [groups, profiles] = [namesIn(nodeGroups), namesIn(fargateProfiles)];
  if (groups === undefined || profiles === undefined) return;
  if (groups.length > 0) {
    // The schema reports an invalid size.
    const empty = entriesIn(nodeGroups).filter(([, { minSize }]) => minSize === 0);
    // The AWS provider waits 20 minutes for an add-on, and CoreDNS is degraded until one of its pods runs.
    if (empty.length === groups.length && !runsOnFargate(eks, coreDnsPod))
      problem(
        ["eks", "nodeGroups"],
        groups,
        "every group starts without nodes, so CoreDNS cannot run and the deployment fails after 20 minutes; set minSize: 1 or more for one of them, or add the selector { namespace: 'kube-system' } to a Fargate profile",
      );
    return;
  }
  if (profiles.length === 0)
    problem(
      ["eks", "nodeGroups"],
      nodeGroups,
      "a cluster without nodes cannot run pods; add nodeGroups, fargateProfiles or autoMode: {}",
    );
  // https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html
  else if (!runsOnFargate(eks, coreDnsPod))
    problem(
      ["eks", "fargateProfiles"],
      profiles,
      "without node groups, CoreDNS must run on Fargate, or pods cannot resolve names; add the selector { namespace: 'kube-system' } to a profile",
    );
}

function nodeGroups(eks: UncheckedEks, { problem }: RuleContext): void {
  for (const [name, { minSize, maxSize, architecture, instanceTypes }] of entriesIn(eks.nodeGroups)) {
    const at = ["eks", "nodeGroups", name];
    if (typeof minSize === "number" && typeof maxSize === "number" && minSize > maxSize)
      problem(
        [...at, "minSize"],
        minSize,
        `minSize cannot exceed maxSize, which is ${maxSize}; lower minSize or raise maxSize`,
      );
    if (!Array.isArray(instanceTypes)) continue;
    instanceTypes.forEach((type: unknown, index) => {
      if (typeof type !== "string" || architecture === undefined) return;
      const typeArchitecture = architectureOf(type);
      if (typeArchitecture !== architecture)
        problem(
          [...at, "instanceTypes", index],
          type,
          `the instance type has ${typeArchitecture} processors, but the group's architecture is ${architecture}; change one of them`,
        );
    });
  }
}

/** https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
function accessEntries({ region }: UncheckedEnvironment, eks: UncheckedEks, { problem }: RuleContext): void {
  for (const arn of namesIn(eks.accessEntries) ?? []) {
    const at = ["eks", "accessEntries", arn];
    const isRole = roleArnPattern.test(arn) && !arn.includes(":role/aws-service-role/");
    const withoutPath = identityCenterPathAdvice(arn);
    if (!isRole || withoutPath !== undefined)
      problem(
        at,
        arn,
        withoutPath ??
          "an access entry needs the ARN of an IAM role, including its path; use arn:aws:iam::<account>:role/<name>",
      );
    else if (typeof region === "string" && partitionInArn(arn) !== partitionOf(region))
      problem(
        at,
        arn,
        `a role in another partition cannot access the cluster; use arn:${partitionOf(region)}:iam::<account>:role/<name>`,
      );
  }
  for (const [arn, { namespaces }] of entriesIn(eks.accessEntries)) {
    if (!Array.isArray(namespaces)) continue;
    const at = ["eks", "accessEntries", arn, "namespaces"];
    const all = namespaces.indexOf("*");
    if (all >= 0 && new Set(namespaces).size > 1)
      problem(
        [...at, all],
        "*",
        "this matches every namespace, including the others; remove it or the others",
      );
  }
}
