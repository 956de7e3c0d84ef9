import type { ManagedEnvironment } from "../../modules/ci/plan-permission";

/** The environment of the tests about pipeline roles: acme's `test` in eu-west-1. */
export const acmeTest: ManagedEnvironment = {
  partition: "aws",
  accountId: "111122223333",
  region: "eu-west-1",
  namePrefix: "acme-test",
  repositoryPatterns: ["acme-test-*"],
  project: "acme",
  environment: "test",
  tagNames: { project: "Project", environment: "Environment" },
};
