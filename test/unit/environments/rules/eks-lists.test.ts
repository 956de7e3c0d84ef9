import { expect, test } from "vitest";
import { problemsIn } from "../../../support/environments/load-message";
import { withCluster } from "../../../support/environments/one-cluster";

const role = "arn:aws:iam::111122223333:role/platform";
const access = (namespaces: readonly string[]) => ({
  accessEntries: { [role]: { policy: "AmazonEKSViewPolicy", namespaces } },
});

test.each<[string, string, object]>([
  ["publicAccessCidrs[1]", '"8.8.8.0/24"', { publicAccessCidrs: ["8.8.8.0/24", "8.8.8.0/24"] }],
  [
    "nodeGroups.general.instanceTypes[2]",
    '"m7i.large"',
    { nodeGroups: { general: { instanceTypes: ["m7i.large", "m6i.large", "m7i.large"] } } },
  ],
  [`accessEntries["${role}"].namespaces[1]`, '"shop"', access(["shop", "shop"])],
  [
    "fargateProfiles.batch.selectors[1]",
    '{"namespace":"a","labels":{"y":"2","x":"1"}}',
    {
      fargateProfiles: {
        batch: {
          selectors: [
            { namespace: "a", labels: { x: "1", y: "2" } },
            { namespace: "a", labels: { y: "2", x: "1" } },
          ],
        },
      },
    },
  ],
])("fails when eks.%s stands there already", (path, found, eks) => {
  expect(problemsIn(withCluster({ ...eks }))).toEqual([
    `environments/test.ts: eks.${path}: found ${found}; this is listed twice; remove it here`,
  ]);
});

test("selectors that differ are no duplicates", () => {
  const selectors = [{ namespace: "a" }, { namespace: "a", labels: { x: "1" } }, { namespace: "b" }];

  expect(problemsIn(withCluster({ fargateProfiles: { batch: { selectors } } }))).toEqual([]);
});

test("fails when access is given in every namespace and in some", () => {
  expect(problemsIn(withCluster(access(["shop", "*"])))).toEqual([
    `environments/test.ts: eks.accessEntries["${role}"].namespaces[1]: found "*"; this matches every namespace, including the others; remove it or the others`,
  ]);
  expect(problemsIn(withCluster(access(["*"])))).toEqual([]);
});

test.each([
  ["eu-west-1", "aws", "aws-cn"],
  ["cn-north-1", "aws-cn", "aws"],
  ["us-gov-west-1", "aws-us-gov", "aws"],
])("fails when a cluster in %s gives access to a role outside %s", (region, partition, other) => {
  const of = (name: string) => `arn:${name}:iam::111122223333:role/platform`;
  const problemsWith = (arn: string) =>
    problemsIn(withCluster({ accessEntries: { [arn]: { policy: "AmazonEKSViewPolicy" } } }, { region }));

  expect(problemsWith(of(other))).toEqual([
    `environments/test.ts: eks.accessEntries["${of(other)}"]: found "${of(other)}"; a role in another partition cannot access the cluster; use arn:${partition}:iam::<account>:role/<name>`,
  ]);
  expect(problemsWith(of(partition))).toEqual([]);
});
