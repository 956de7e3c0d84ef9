import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { digest, withCluster } from "../../../support/environments/one-cluster";

function messageOf(...given: Parameters<typeof withCluster>): string {
  try {
    loadEnvironments(withCluster(...given));
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
}

const image = { repository: "app", digest };
const secrets = (...names: string[]) => ({
  security: {
    kms: { deletionWindowInDays: 7 },
    secrets: Object.fromEntries(names.map((name) => [name, {}])),
  },
});

test("the pods of every kind of workload can have a role, with secrets or without", () => {
  const podIdentity = { secrets: ["db"] };

  expect(
    messageOf(
      {
        deployments: { web: { image, podIdentity: {} } },
        jobs: { migrate: { image, podIdentity } },
        cronJobs: { report: { image, schedule: "@daily", podIdentity } },
      },
      secrets("db"),
    ),
  ).toBe("no error");
});

test("fails when a Fargate profile selects the pods, and only then", () => {
  const fargateProfiles = { batch: { selectors: [{ namespace: "batch" }] } };
  const workload = { image, podIdentity: {} };

  expect(
    messageOf({ fargateProfiles, jobs: { migrate: { ...workload, namespace: "batch" } } }),
  ).toMatchInlineSnapshot(
    `"environments/test.ts: eks.jobs.migrate.podIdentity: found {"secrets":[]}; a Fargate profile selects these pods, and EKS Pod Identity needs an agent on the node, which Fargate cannot run; use a namespace that no profile selects, or remove podIdentity and use IAM roles for service accounts"`,
  );
  expect(messageOf({ fargateProfiles, jobs: { migrate: workload } })).toBe("no error");
});

test("fails in China Regions, where EKS does not support it", () => {
  expect(
    messageOf({ deployments: { web: { image, podIdentity: {} } } }, { region: "cn-north-1" }),
  ).toMatchInlineSnapshot(
    `"environments/test.ts: eks.deployments.web.podIdentity: found {"secrets":[]}; EKS Pod Identity is not available in China Regions; remove podIdentity and use IAM roles for service accounts"`,
  );
});

test("fails when the role would have a longer name than IAM allows", () => {
  const name = (length: number) => "w".repeat(length);
  const of = (length: number) => messageOf({ deployments: { [name(length)]: { image, podIdentity: {} } } });

  expect(of(46)).toBe("no error");
  expect(of(47)).toMatchInlineSnapshot(
    `"environments/test.ts: eks.deployments.wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww: found "acme-test-eks-pod-wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"; this would be the name of the role of its pods, and IAM role names have at most 64 characters; shorten a part of it by 1"`,
  );
  expect(messageOf({ deployments: { [name(63)]: { image } } })).toBe("no error");
});

test("fails when a secret does not exist or is listed twice", () => {
  const deployments = { web: { image, podIdentity: { secrets: ["dp", "db", "db"] } } };

  expect(messageOf({ deployments }, secrets("db"))).toMatchInlineSnapshot(`
    "environments/test.ts: eks.deployments.web.podIdentity.secrets[2]: found "db"; this is listed twice; remove it here
    environments/test.ts: eks.deployments.web.podIdentity.secrets[0]: found "dp"; security.secrets has no secret with this name; did you mean "db"?"
  `);
  expect(
    messageOf({ deployments: { web: { image, podIdentity: { secrets: ["db"] } } } }),
  ).toMatchInlineSnapshot(
    `"environments/test.ts: eks.deployments.web.podIdentity.secrets[0]: found "db"; security.secrets has no secret with this name; add it to security.secrets"`,
  );
});

test("fails when the policy of the role would be longer than IAM allows", () => {
  const names = Array.from({ length: 60 }, (_, index) => `s${index}-${"x".repeat(40)}`);
  const of = (count: number) =>
    messageOf(
      { deployments: { web: { image, podIdentity: { secrets: names.slice(0, count) } } } },
      secrets(...names),
    );

  expect(of(30)).toBe("no error");
  expect(of(60)).toMatchInlineSnapshot(
    `"environments/test.ts: eks.deployments.web.podIdentity.secrets: found "60 secrets"; the policy of the role would have 14434 characters, and IAM allows 10240; combine related values in one secret"`,
  );
});

test("fails when the option is no object", () => {
  const deployments = { web: { image, podIdentity: true } };

  expect(messageOf({ deployments })).toMatchInlineSnapshot(
    `"environments/test.ts: eks.deployments.web.podIdentity: found true; this must be an object; use { secrets, … }"`,
  );
});
