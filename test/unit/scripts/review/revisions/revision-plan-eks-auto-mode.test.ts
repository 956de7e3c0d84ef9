import { expect, test } from "vitest";
import { revisionPlan } from "../../../../../scripts/review/revisions/revision-plan";
import { withCluster } from "../../../../support/environments/one-cluster";
import { synth } from "../../../../support/synth";

const stack = (autoMode?: object) =>
  synth(withCluster(autoMode === undefined ? {} : { autoMode }))["compute-test"];

/** What the review says of the cluster, as Terraform 1.11 and AWS provider 5.100.0 plan it. */
const actions = (before?: object, after?: object) =>
  revisionPlan(stack(before), stack(after))
    .resource_changes?.filter(({ type }) => type === "aws_eks_cluster")
    .map(({ change }) => change.actions);

test("turning EKS Auto Mode on or off changes a cluster in place", () => {
  expect(actions(undefined, {})).toEqual([["update"]]);
  expect(actions({}, { enabled: false })).toEqual([["update"]]);
});

test("another role of its nodes replaces the cluster", () => {
  const before = stack({});
  const after = JSON.parse(JSON.stringify(before).replaceAll("eks_auto_node_role_arn", "eks_node_role_arn"));
  const changes = revisionPlan(before, after).resource_changes;
  const [cluster] = changes?.filter(({ type }) => type === "aws_eks_cluster") ?? [];

  expect(cluster?.change.actions).toContain("delete");
});
