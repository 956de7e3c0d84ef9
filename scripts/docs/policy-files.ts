import { defineEnvironment } from "../../environments/environment";
import { loadEnvironments } from "../../environments/load";
import {
  boundaryStatements,
  deployStatements,
  furtherDeployPolicies,
  planStatements,
} from "../../environments/plan/pipeline-policies";
import { policyDocument } from "../../modules/iam/policy-document";

/** A production environment with something of every kind that is in the policies. */
const example = defineEnvironment({
  ...{
    name: "prod",
    project: "myproject",
    accountId: "987654321098",
    region: "us-east-1",
    tier: "production",
  },
  state: { backend: "s3", bucket: "myproject-prod-tfstate-987654321098" },
  security: { ci: { deploy: { trust: [{ github: "acme/platform", environment: "production" }] } } },
  network: { kind: "own", cidr: "10.20.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
  ecr: {
    encryptionType: "KMS",
    repositories: {
      "web-app": {
        imageTagMutability: "IMMUTABLE",
        enableReplication: true,
        replicationDestinations: [{ region: "us-west-2" }],
      },
    },
  },
});

/** The policies of the pipeline roles of an example environment, as files for IAM: contents by path. */
export function policyFiles(): Record<string, string> {
  const [environment] = loadEnvironments({ "environments/prod.ts": example });
  if (environment === undefined) throw new Error("the example environment was not loaded");
  const policies = {
    plan: planStatements(environment),
    deploy: deployStatements(environment),
    ...Object.fromEntries(
      furtherDeployPolicies(environment).map(({ policyName, statements }) => [
        policyName.replace(/^.*-ci-/, ""),
        statements,
      ]),
    ),
    "role-boundary": boundaryStatements(environment),
  };
  return Object.fromEntries(
    Object.entries(policies).map(([name, statements]) => [
      `docs/reference/policies/${name}.json`,
      `${JSON.stringify(JSON.parse(policyDocument(statements)), null, 2)}\n`,
    ]),
  );
}
