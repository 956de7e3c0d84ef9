import { expect, test } from "vitest";
import { findingsIn } from "../../../../../scripts/review/gates/findings";
import type { ResourceChange } from "../../../../../scripts/review/terraform-plan";
import { accountId, oneChange, policy, reviewed } from "../../../../support/review/one-change";

const gatesOf = (...changes: ResourceChange[]): string[] =>
  findingsIn(reviewed(changes)).map(({ gate, severity }) => `${severity} ${gate}`);
/** In a module, the address begins with its name. */
const inModule = (change: ResourceChange): ResourceChange => ({
  ...change,
  address: `module.x["aws_s3_bucket.y"].${change.address}`,
});
const trusts = (Principal: object) => ({
  name: "r",
  assume_role_policy: policy({ Principal, Action: "sts:AssumeRole" }),
});

test("a module hides no loss and no wider trust", () => {
  expect(gatesOf(inModule(oneChange("aws_ecr_repository.web", { name: "web" }, null)))).toContain(
    "blocked repository-loss",
  );
  expect(
    gatesOf(
      inModule(
        oneChange(
          "aws_iam_role.r",
          trusts({ AWS: accountId }),
          trusts({ Service: ["ec2.amazonaws.com"], AWS: accountId }),
        ),
      ),
    ),
  ).toEqual(["blocked trust"]);
});

test.each(["null", "5", "[]", '"text"', '{"Statement":null}', "{"])(
  "the policy %s is judged by nobody",
  (text) => {
    const allowed = { repository: "web", policy: policy({ Principal: { AWS: accountId }, Action: "ecr:A" }) };

    expect(
      gatesOf(oneChange("aws_ecr_repository_policy.web", allowed, { repository: "web", policy: text })),
    ).toEqual(["blocked unreadable-policy"]);
  },
);

const access = (policy_arn: string, namespaces: string[] = []) => ({
  ...{ cluster_name: "c", principal_arn: "arn:aws:iam::123456789012:role/x", policy_arn },
  access_scope: [{ type: namespaces.length === 0 ? "cluster" : "namespace", namespaces }],
});

test.each<[string, object | null, object | null, string[]]>([
  ["a new one", null, access("admin"), ["risky permission"]],
  ["another one", access("view"), access("admin"), ["risky permission"]],
  ["a wider one", access("view", ["a"]), access("view"), ["risky permission"]],
  ["the same", access("view"), { ...access("view"), associated_at: "now" }, []],
])("%s of the access policies of a cluster", (_, before, after, expected) => {
  expect(gatesOf(oneChange("aws_eks_access_policy_association.x", before as never, after as never))).toEqual(
    expected,
  );
});

const podIdentity = (role: string, namespace = "shop") => ({
  ...{ cluster_name: "c", namespace, service_account: "web" },
  role_arn: `arn:aws:iam::123456789012:role/${role}`,
});

test.each<[string, object | null, object | null, string[]]>([
  ["a new one", null, podIdentity("web"), []],
  ["another role", podIdentity("web"), podIdentity("admin"), ["risky permission"]],
  ["other pods", podIdentity("web"), podIdentity("web", "default"), ["risky permission"]],
  ["the same", podIdentity("web"), { ...podIdentity("web"), tags: { Team: "shop" } }, []],
])("%s of the Pod Identity associations of a cluster", (_, before, after, expected) => {
  expect(gatesOf(oneChange("aws_eks_pod_identity_association.x", before as never, after as never))).toEqual(
    expected,
  );
});

test("a role that more pods can get is the gate of trust policies", () => {
  const role = (...keys: string[]) => ({
    name: "web",
    assume_role_policy: JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: { StringEquals: Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, "x"])) },
        },
      ],
    }),
  });
  const all = ["eks-cluster-arn", "kubernetes-namespace", "kubernetes-service-account"];

  expect(gatesOf(oneChange("aws_iam_role.x", role(...all), role(...all.slice(0, 2))))).toEqual([
    "blocked trust",
  ]);
  expect(gatesOf(oneChange("aws_iam_role.x", role(...all), role(...all)))).toEqual([]);
});

test("a Kubernetes group that a principal joins", () => {
  const entry = (kubernetes_groups: string[]) => ({
    cluster_name: "c",
    principal_arn: "arn",
    kubernetes_groups,
  });

  expect(gatesOf(oneChange("aws_eks_access_entry.x", entry(["a"]), entry(["a", "system:masters"])))).toEqual([
    "risky permission",
  ]);
  expect(gatesOf(oneChange("aws_eks_access_entry.x", entry(["a", "b"]), entry(["b"])))).toEqual([]);
});
