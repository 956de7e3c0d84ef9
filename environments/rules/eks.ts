import { coreDnsPod } from "../../modules/eks/fargate-selection";
import { architectureOf } from "../../modules/eks/processor-architecture";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { UncheckedEks } from "../options/eks";
import type { UncheckedEnvironment } from "../options/environment";
import type { RuleContext } from "../schema/rule";
import { entriesIn, namesIn } from "../schema/unchecked";
import { eksDeploymentRules, fargateTakes } from "./eks-deployment";

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html and CreateFargateProfile */
const computeName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

/** Rules between the parts of an environment's cluster and its other sections. */
export function eksRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { eks } = environment;
  if (typeof eks !== "object" || eks === null) return;
  network(environment, context);
  something(eks, context);
  for (const map of ["nodeGroups", "fargateProfiles"] as const)
    for (const name of namesIn(eks[map]) ?? [])
      if (!computeName.test(name))
        context.problem(
          ["eks", map, name],
          name,
          "this name has 1 to 63 letters, digits, - and _ and starts with a letter or digit; write for example general",
        );
  nodeGroups(eks, context);
  accessEntries(environment, eks, context);
  eksDeploymentRules(eks, context);
}

/** https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
function network({ network: found }: UncheckedEnvironment, { problem }: RuleContext): void {
  if (found === undefined)
    problem(
      ["network"],
      found,
      'an EKS cluster runs in a network; add network: { kind: "own", … } or { kind: "existing", … }',
    );
  else if (found?.kind === "existing" && (found.privateSubnetIds ?? []).length < 2)
    problem(
      ["network", "privateSubnetIds"],
      found.privateSubnetIds,
      "EKS demands subnets in two Availability Zones at least; add the id of a private subnet in another zone",
    );
}

/** Something for pods to run on, and CoreDNS among them. */
function something(eks: UncheckedEks, { problem }: RuleContext): void {
  const { nodeGroups, fargateProfiles } = eks;
  // What is no map is reported by its shape.
  const [groups, profiles] = [namesIn(nodeGroups), namesIn(fargateProfiles)];
  if (groups === undefined || profiles === undefined) return;
  if (groups.length > 0) {
    // A size of a wrong shape is reported by its shape.
    const empty = entriesIn(nodeGroups).filter(([, { minSize }]) => minSize === 0);
    // The AWS provider waits 20 minutes for an add-on, and CoreDNS is degraded until one of its pods runs.
    if (empty.length === groups.length && !fargateTakes(eks, coreDnsPod))
      problem(
        ["eks", "nodeGroups"],
        groups,
        "every group begins without a node, so CoreDNS has nothing to run on and the deployment fails after 20 minutes; write minSize: 1 or more for one of them, or add the selector { namespace: 'kube-system' } to a Fargate profile",
      );
    return;
  }
  if (profiles.length === 0)
    problem(
      ["eks", "nodeGroups"],
      nodeGroups,
      "a cluster without nodes runs nothing; add nodeGroups or fargateProfiles",
    );
  // https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html
  else if (!fargateTakes(eks, coreDnsPod))
    problem(
      ["eks", "fargateProfiles"],
      profiles,
      "without node groups CoreDNS needs Fargate, or pods find nothing by name; add the selector { namespace: 'kube-system' } to a profile",
    );
}

function nodeGroups(eks: UncheckedEks, { problem }: RuleContext): void {
  for (const [name, { minSize, maxSize, architecture, instanceTypes }] of entriesIn(eks.nodeGroups)) {
    const at = ["eks", "nodeGroups", name];
    if (typeof minSize === "number" && typeof maxSize === "number" && minSize > maxSize)
      problem([...at, "minSize"], minSize, `maxSize is ${maxSize}; write no more than that, or raise it`);
    if (!Array.isArray(instanceTypes)) continue;
    instanceTypes.forEach((type: unknown, index) => {
      if (typeof type !== "string" || architecture === undefined) return;
      const has = architectureOf(type);
      if (has !== architecture)
        problem(
          [...at, "instanceTypes", index],
          type,
          `its processor is ${has} and the group's architecture is ${architecture}; make them agree`,
        );
    });
  }
}

/** https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
function accessEntries({ region }: UncheckedEnvironment, eks: UncheckedEks, { problem }: RuleContext): void {
  for (const arn of namesIn(eks.accessEntries) ?? []) {
    const at = ["eks", "accessEntries", arn];
    const role = /^arn:(aws[a-z-]*):iam::\d{12}:role\/(?!aws-service-role\/)[\w+=,.@/-]+$/.exec(arn);
    if (role === null)
      problem(
        at,
        arn,
        "access is given to an IAM role by its ARN, path included; write arn:aws:iam::<account>:role/<name>",
      );
    else if (typeof region === "string" && role[1] !== partitionOf(region))
      problem(
        at,
        arn,
        `a role of another partition cannot reach the cluster; write the ARN of one, arn:${partitionOf(region)}:iam::<account>:role/<name>`,
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
        "this stands for every namespace, the others included; remove it or the others",
      );
  }
}
