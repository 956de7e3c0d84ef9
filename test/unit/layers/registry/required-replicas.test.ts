import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { exportedRequests } from "../../../../environments/plan/exported-requests";
import { minimal, only } from "../../../support/environments/minimal";
import type { EcrInput } from "../../../support/environments/one-repository";
import { type StackJson, synth } from "../../../support/synth";

const registry = "registry-111122223333-eu-west-1";

const to = (...destinations: readonly { region: string; registryId?: string }[]) => ({
  enableReplication: true,
  replicationDestinations: [...destinations],
});

const registryWith = (ecr: EcrInput): StackJson => synth(only({ ...minimal, ecr }))[registry] ?? {};

/** Requests of another project's environment, as `registry export` prints them. */
function exported(repositories: NonNullable<EcrInput["repositories"]>): object {
  const [environment] = loadEnvironments(
    only({
      ...minimal,
      project: "shop",
      name: "live",
      ecr: { registryOwner: "other-project", repositories },
    }),
  );
  if (environment === undefined) throw new Error("there is one environment");
  return JSON.parse(JSON.stringify(exportedRequests(environment, [environment])));
}

const missing =
  "setsubtract(local.replicas_acme-test_us-west-2, self.names == null ? [] : tolist(self.names))";

test("Terraform looks in each Region for the replicas there before it plans the replication", () => {
  const json = registryWith({
    repositories: {
      web: to({ region: "us-west-2" }, { region: "eu-central-1" }),
      api: to({ region: "us-west-2" }),
      base: {},
    },
  });

  expect(json["locals"]).toEqual({
    "replicas_acme-test_eu-central-1": ["acme-test-web"],
    "replicas_acme-test_us-west-2": ["acme-test-api", "acme-test-web"],
  });
  const existing = json["data"].aws_ecr_repositories;
  expect(Object.keys(existing)).toEqual(["existing_eu-central-1", "existing_us-west-2"]);
  expect(existing["existing_us-west-2"]).toEqual({
    provider: "aws.us-west-2",
    lifecycle: {
      postcondition: [
        {
          condition: `\${length(${missing}) == 0}`,
          error_message: `registry-111122223333-eu-west-1 would replicate \${join(", ", ${missing})} to us-west-2, where no repository has that name, so ECR would create it with AES256 encryption, mutable tags and no policies; deploy the replicas first: npm run deploy -- test --layer replicas`,
        },
      ],
    },
  });
  expect(json["resource"].aws_ecr_replication_configuration.registry.depends_on).toEqual([
    "data.aws_ecr_repositories.existing_eu-central-1",
    "data.aws_ecr_repositories.existing_us-west-2",
  ]);
});

test("the replicas of another project, whose requests the file includes, are looked for too", () => {
  const json = registryWith({
    repositories: { web: to({ region: "us-west-2" }) },
    registryRequests: [exported({ app: to({ region: "us-west-2" }), quiet: {} })],
  });

  expect(json["locals"]).toEqual({
    "replicas_acme-test_us-west-2": ["acme-test-web"],
    "replicas_shop-live_us-west-2": ["shop-live-app"],
  });
  const { postcondition } = json["data"].aws_ecr_repositories["existing_us-west-2"].lifecycle;
  expect(postcondition).toHaveLength(2);
  expect(postcondition[1].error_message).toMatch(
    /; first, shop has to deploy the replicas of its environment live$/,
  );
});

test("nothing is looked for in other accounts, and for repositories that are created elsewhere", () => {
  const json = registryWith({
    repositories: { web: to({ region: "us-west-2", registryId: "444455556666" }) },
    unmanagedRepositories: { legacy: to({ region: "us-west-2" }) },
  });

  expect(json["data"]).toBeUndefined();
  expect(json["provider"].aws).toHaveLength(1);
  expect(json["resource"].aws_ecr_replication_configuration.registry).not.toHaveProperty("depends_on");
});

test("a project that does not own the registry looks for nothing", () => {
  const json = registryWith({
    registryOwner: "other-project",
    repositories: { web: to({ region: "us-west-2" }) },
  });

  expect(json["data"]).toBeUndefined();
});
