import { expect, test } from "vitest";
import { protectedBalancers } from "../../../../scripts/runner/protected-balancers";

const resource = (type: string, ...instances: Readonly<Record<string, unknown>>[]) => ({
  type,
  instances: instances.map((attributes) => ({ attributes })),
});

test("load balancers with deletion protection are found by their names", () => {
  const state = [
    resource("aws_lb", { name: "b", enable_deletion_protection: true }),
    resource("aws_lb", { name: "c", enable_deletion_protection: false }),
    resource("aws_lb", { name: "a", enable_deletion_protection: true }),
    resource("aws_eks_cluster", { name: "d", deletion_protection: true }),
  ];

  expect(protectedBalancers(state)).toEqual(["a", "b"]);
});

test("a state without load balancers has none, and neither has an empty one", () => {
  expect(protectedBalancers([resource("aws_ecr_repository", { name: "a" })])).toEqual([]);
  expect(protectedBalancers([])).toEqual([]);
});
