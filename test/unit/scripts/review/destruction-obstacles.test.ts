import { expect, test } from "vitest";
import {
  destructionBlock,
  protectedResources,
  resourcesShown,
  undeletableRepositories,
} from "../../../../scripts/review/destruction-obstacles";

const resource = (type: string, name: string, values: object, mode: "managed" | "data" = "managed") => ({
  ...{ address: `${type}.${name}`, mode, type },
  values: { name, arn: `arn:aws:ecr:us-east-1:123456789012:repository/${name}`, ...values },
});
const resources = [
  resource("aws_ecr_repository", "kept", { force_delete: false }),
  resource("aws_ecr_repository", "unset", {}),
  resource("aws_ecr_repository", "forced", { force_delete: true }),
  resource("aws_ecr_repository", "read", {}, "data"),
  resource("aws_lb", "web", { enable_deletion_protection: true }),
  resource("aws_lb", "internal", { enable_deletion_protection: false }),
  resource("aws_eks_cluster", "eks", { deletion_protection: true }),
];
const environment = { name: "dev", file: "environments/dev.ts", layer: "compute" } as const;

test("what ECR or AWS would refuse to delete is found in the state", () => {
  const shown = resourcesShown(
    JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } }),
  );

  const arn = (name: string) => `arn:aws:ecr:us-east-1:123456789012:repository/${name}`;
  expect(undeletableRepositories(shown)).toEqual([arn("kept"), arn("unset")]);
  expect(protectedResources(shown)).toEqual(["aws_lb.web", "aws_eks_cluster.eks"]);
});

test("without a state there is nothing", () => {
  expect(resourcesShown('{"format_version":"1.0"}')).toEqual([]);
  expect(destructionBlock([], [], environment)).toBeUndefined();
});

test("each obstacle is named, with what to do", () => {
  expect(destructionBlock(["myproject-dev-web"], ["aws_lb.web"], environment)).toMatchInlineSnapshot(`
    "These repositories hold images, and forceDelete is not deployed, so ECR would refuse to delete them:
      myproject-dev-web
    Delete their images, or set forceDelete: true in environments/dev.ts and deploy that first: npm run deploy -- dev --layer compute
    These resources have deletion protection, so AWS would refuse to delete them:
      aws_lb.web
    Set deletionProtection: false in environments/dev.ts and deploy that first: npm run deploy -- dev --layer compute
    Nothing was destroyed."
  `);
});
