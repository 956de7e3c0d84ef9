import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { registryPlans } from "../../../../../environments/plan/registry-plan";
import { registrySum } from "../../../../../environments/plan/registry-sum";
import { minimal, only } from "../../../../support/environments/minimal";
import type { EcrInput } from "../../../../support/environments/one-repository";

const web = { ...minimal, name: "web" } as const;
const other = { ...minimal, name: "other" } as const;

type UnmanagedInput = NonNullable<EcrInput["unmanagedRepositories"]>;

const unmanaged = (unmanagedRepositories: UnmanagedInput) =>
  only({ ...minimal, ecr: { unmanagedRepositories } });

const replicatedTo = (...replicationDestinations: { region: string; registryId?: string }[]) => ({
  enableReplication: true,
  replicationDestinations,
});

test("an unmanaged repository asks by its full name, with the defaults of an own one", () => {
  const [plan] = registryPlans(loadEnvironments(unmanaged({ "team/tool": {} })));

  expect(plan && registrySum(plan).requests).toMatchObject([
    {
      name: "team/tool",
      namePrefix: undefined,
      scanType: "BASIC",
      scanFrequency: "SCAN_ON_PUSH",
      destinations: [],
    },
  ]);
});

test.each(["a--b", "a__b/c", "3scale", "acme-test-app", "acme"])(
  "an unmanaged repository may be called %s, as ECR allows it",
  (name) => {
    expect(loadEnvironments(unmanaged({ [name]: {} }))).toHaveLength(1);
  },
);

test("fails when an unmanaged repository has a name that ECR does not allow", () => {
  const definitions = unmanaged({
    "Team/Tool": {},
    "team//tool": {},
    a___b: {},
    a: {},
    "111122223333.dkr/": {},
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.unmanagedRepositories["Team/Tool"]: found "Team/Tool"; no ECR repository can have the name "Team/Tool"; use the full name without the registry, for example "team/tool"
    environments/test.ts: ecr.unmanagedRepositories["team//tool"]: found "team//tool"; no ECR repository can have the name "team//tool"; use the full name without the registry, for example "team/tool"
    environments/test.ts: ecr.unmanagedRepositories.a___b: found "a___b"; no ECR repository can have the name "a___b"; use the full name without the registry, for example "team/tool"
    environments/test.ts: ecr.unmanagedRepositories.a: found "a"; a repository name has 2 to 256 characters and "a" has 1; choose a name within these limits
    environments/test.ts: ecr.unmanagedRepositories["111122223333.dkr/"]: found "111122223333.dkr/"; no ECR repository can have the name "111122223333.dkr/"; use the full name without the registry, for example "team/tool"]
  `);
});

test("fails when the wishes of an unmanaged repository contradict each other, as for an own one", () => {
  const definitions = unmanaged({
    one: { scanFrequency: "CONTINUOUS_SCAN" },
    two: { enableReplication: true },
    three: { enableEnhancedScanning: true, scanOnPush: false },
    four: { replicationDestinations: [{ region: "us-west-2" }] },
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.unmanagedRepositories.one.scanFrequency: found "CONTINUOUS_SCAN"; basic scanning does not support continuous scans; set enableEnhancedScanning: true or use SCAN_ON_PUSH
    environments/test.ts: ecr.unmanagedRepositories.two.replicationDestinations: found nothing; enableReplication is true, but the list has no destination; add { region } or set enableReplication: false
    environments/test.ts: ecr.unmanagedRepositories.three.scanOnPush: found false; enhanced scanning scans on push and does not support manual scans; remove scanOnPush: false or set enableEnhancedScanning: false
    environments/test.ts: ecr.unmanagedRepositories.four.enableReplication: found false (the default); the destinations in replicationDestinations have no effect; set enableReplication: true or remove them]
  `);
});

test("fails when the destinations of an unmanaged repository are wrong, as for an own one", () => {
  const definitions = unmanaged({
    one: replicatedTo({ region: "eu-west-1" }),
    two: replicatedTo({ region: "us-west-2" }, { region: "us-west-2", registryId: "111122223333" }),
    three: replicatedTo({ region: "cn-north-1" }),
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.unmanagedRepositories.one.replicationDestinations[0]: found {"region":"eu-west-1"}; ECR cannot replicate a repository to its own registry; use another Region
    environments/test.ts: ecr.unmanagedRepositories.two.replicationDestinations[1]: found {"region":"us-west-2","registryId":"111122223333"}; this destination is listed twice; remove it here
    environments/test.ts: ecr.unmanagedRepositories.three.replicationDestinations[0]: found {"region":"cn-north-1"}; ECR does not replicate across partitions; use a Region in the partition aws]
  `);
});

test("fails when an unmanaged repository has an option that is not about the registry", () => {
  const definitions = unmanaged({ one: { forceDelete: true } as never });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.unmanagedRepositories.one.forceDelete: found true; this option does not exist; choose from scanOnPush, enableEnhancedScanning, scanFrequency, enableReplication, replicationDestinations]`,
  );
});

test("fails when a file of the registry makes a repository that is declared as unmanaged", () => {
  const definitions = {
    ...only({
      ...web,
      ecr: { repositories: { app: {} }, unmanagedRepositories: { "acme-web-app": {}, "acme-other-app": {} } },
    }),
    ...only({ ...other, ecr: { repositories: { app: {} } } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/web.ts: ecr.unmanagedRepositories["acme-web-app"]: found "acme-web-app"; this file creates this repository, so it is not unmanaged; remove it here
    environments/web.ts: ecr.unmanagedRepositories["acme-other-app"]: found "acme-other-app"; environments/other.ts creates this repository, so it is not unmanaged; remove it here]
  `);
});

test("a repository of another registry may be declared as unmanaged in this one", () => {
  const definitions = {
    ...only({ ...web, region: "us-east-1", ecr: { repositories: { app: {} } } }),
    ...only({ ...other, ecr: { unmanagedRepositories: { "acme-web-app": {} } } }),
  };

  expect(loadEnvironments(definitions)).toHaveLength(2);
});

test("two files may declare the same unmanaged repository with the same wishes, in whatever words", () => {
  const first = {
    ...replicatedTo({ region: "us-west-2" }, { region: "us-east-1" }),
    scanFrequency: "SCAN_ON_PUSH" as const,
  };
  const second = replicatedTo({ region: "us-east-1" }, { region: "us-west-2", registryId: "111122223333" });
  const [plan] = registryPlans(
    loadEnvironments({
      ...only({ ...web, ecr: { unmanagedRepositories: { "team/tool": first } } }),
      ...only({ ...other, ecr: { unmanagedRepositories: { "team/tool": second } } }),
    }),
  );

  expect(plan && registrySum(plan).requests).toHaveLength(1);
});

test("fails when two files declare the same unmanaged repository with other wishes", () => {
  const definitions = {
    ...only({ ...web, ecr: { unmanagedRepositories: { "team/tool": { scanOnPush: false } } } }),
    ...only({
      ...other,
      ecr: {
        unmanagedRepositories: {
          "team/tool": { enableEnhancedScanning: true, ...replicatedTo({ region: "us-west-2" }) },
        },
      },
    }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/web.ts: ecr.unmanagedRepositories["team/tool"].scanFrequency: found "MANUAL"; environments/other.ts declares this repository of the same registry with SCAN_ON_PUSH; use the same value in both
    environments/web.ts: ecr.unmanagedRepositories["team/tool"].enableEnhancedScanning: found "false"; environments/other.ts declares this repository of the same registry with true; use the same value in both
    environments/web.ts: ecr.unmanagedRepositories["team/tool"].replicationDestinations: found "none"; environments/other.ts declares this repository of the same registry with 111122223333/us-west-2; use the same value in both]
  `);
});
