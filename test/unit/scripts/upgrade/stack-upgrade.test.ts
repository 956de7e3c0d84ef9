import { expect, test } from "vitest";
import { type DeclaredStack, type DeployedState, upgradeOf } from "../../../../scripts/upgrade/stack-upgrade";

type Values = Readonly<Record<string, unknown>>;

/** A state with these resources, by address. */
function stateOf(resources: Readonly<Record<string, Values>>, version?: number): DeployedState {
  return {
    ...{ version: 4, serial: 1 },
    outputs: version === undefined ? {} : { contract_version: { value: version } },
    resources: Object.entries(resources).map(([address, attributes]) => {
      const [type = "", name = ""] = address.split(".");
      return { mode: "managed", type, name, instances: [{ attributes }] };
    }),
  };
}

/** A stack that declares these resources. */
function stackOf(resources: Readonly<Record<string, Values>>, more: DeclaredStack = {}): DeclaredStack {
  const resource: Record<string, Record<string, object>> = {};
  for (const [address, values] of Object.entries(resources)) {
    const [type = "", name = ""] = address.split(".");
    resource[type] = { ...resource[type], [name]: values };
  }
  return { resource, ...more };
}

const app = { "aws_ecr_repository.app": { name: "acme-app" } };

test("a stack that is deployed as it is declared is current, whatever it creates", () => {
  const declared = stackOf({ ...app, "aws_sns_topic.alerts": { name: "alerts" } });

  expect(upgradeOf("compute-dev", stateOf(app), declared)).toMatchObject({
    status: "current",
    created: ["aws_sns_topic.alerts"],
    destroyed: [],
  });
});

test("a stack without a state is not deployed", () => {
  expect(upgradeOf("compute-dev", undefined, stackOf(app))).toMatchObject({
    status: "not deployed",
    created: ["aws_ecr_repository.app"],
  });
});

test("an address that is gone is destroyed, moved or forgotten, as the blocks of the stack say", () => {
  const web = { "aws_ecr_repository.web": { name: "acme-app" } };
  const moved = [{ from: "aws_ecr_repository.app", to: "aws_ecr_repository.web" }];
  const removed = [{ from: "aws_ecr_repository.app", lifecycle: { destroy: false } }];

  expect(upgradeOf("compute-dev", stateOf(app), stackOf(web))).toMatchObject({
    ...{ status: "changes", destroyed: ["aws_ecr_repository.app"], created: ["aws_ecr_repository.web"] },
  });
  expect(upgradeOf("compute-dev", stateOf(app), stackOf(web, { moved }))).toMatchObject({
    ...{ status: "changes", moved, destroyed: [], created: [], replaced: [] },
  });
  expect(upgradeOf("compute-dev", stateOf(app), stackOf({}, { removed }))).toMatchObject({
    ...{ status: "changes", forgotten: ["aws_ecr_repository.app"], destroyed: [] },
  });
});

test("a moved block that was applied already does nothing", () => {
  const web = { "aws_ecr_repository.web": { name: "acme-app" } };
  const moved = [{ from: "aws_ecr_repository.app", to: "aws_ecr_repository.web" }];

  expect(upgradeOf("compute-dev", stateOf(web), stackOf(web, { moved }))).toMatchObject({
    ...{ status: "current", moved: [] },
  });
});

test("what import blocks name is imported if the state does not have it", () => {
  const declared = (to: string) => stackOf({ ...app, "aws_vpc.vpc": {} }, { import: [{ to }] });

  expect(upgradeOf("compute-dev", stateOf(app), declared("aws_vpc.vpc"))).toMatchObject({
    ...{ status: "changes", imported: ["aws_vpc.vpc"], created: [] },
  });
  expect(upgradeOf("compute-dev", stateOf(app), declared("aws_ecr_repository.app"))).toMatchObject({
    ...{ status: "current", imported: [], created: ["aws_vpc.vpc"] },
  });
});

test("an argument that AWS cannot change replaces the resource, also at its new address", () => {
  const web = {
    "aws_ecr_repository.web": { name: "acme-web", encryption_configuration: { encryption_type: "KMS" } },
  };
  const stored = { name: "acme-app", encryption_configuration: [{ encryption_type: "AES256", kms_key: "" }] };
  const moved = [{ from: "aws_ecr_repository.app", to: "aws_ecr_repository.web" }];

  expect(
    upgradeOf("compute-dev", stateOf({ "aws_ecr_repository.app": stored }), stackOf(web, { moved })).replaced,
  ).toEqual([
    { address: "aws_ecr_repository.web", path: ["name"], before: "acme-app", after: "acme-web" },
    {
      address: "aws_ecr_repository.web",
      path: ["encryption_configuration", 0, "encryption_type"],
      ...{ before: "AES256", after: "KMS" },
    },
  ]);
});

test("what AWS chooses, and a policy that is only written anew, replaces nothing", () => {
  const stored = {
    "aws_ecr_lifecycle_policy.app": { repository: "acme-app", policy: '{"rules":[]}' },
    "aws_subnet.a": { vpc_id: "vpc-1", cidr_block: "10.0.0.0/24" },
  };
  const declared = {
    "aws_ecr_lifecycle_policy.app": { repository: "acme-app", policy: '{"rules": []}' },
    "aws_subnet.a": { vpc_id: "${aws_vpc.vpc.id}", cidr_block: "10.0.0.0/24" },
  };

  expect(upgradeOf("network-dev", stateOf(stored), stackOf(declared))).toMatchObject({
    ...{ status: "current", replaced: [] },
  });
});

test("resources of another stack's state are neither created nor destroyed", () => {
  const move = { address: "aws_ecr_repository.app", from: "compute-dev", to: "compute-dev-1" };

  expect(upgradeOf("compute-dev", stateOf(app), stackOf({}), [move])).toMatchObject({
    ...{ status: "changes", toOtherState: [move], destroyed: [] },
  });
  expect(upgradeOf("compute-dev-1", stateOf({}), stackOf(app), [move])).toMatchObject({
    ...{ status: "current", toOtherState: [], created: [] },
  });
});

test.each([
  [undefined, 1, "changes", null],
  [1, 2, "changes", 1],
  [1, 1, "current", 1],
  [2, 1, "current", 2],
])("contracts deployed with version %s, and now %s: %s", (deployed, current, status, shown) => {
  const declared = stackOf(app, { output: { contract_version: { value: current } } });

  expect(upgradeOf("security-dev", stateOf(app, deployed), declared)).toMatchObject({
    ...{ status, contract: { deployed: shown, current } },
  });
});
