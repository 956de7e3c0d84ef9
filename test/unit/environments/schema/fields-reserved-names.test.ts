import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { existing } from "../../../support/environments/own-network";

const trust = [{ github: "acme/app", branch: "main" }];
const image = { repository: "app", tag: "v1" };

/** Everything that is wrong with an environment that has the repository `app` and a network. */
const problemsWith = (change: object) =>
  problemsIn(
    only({
      ...minimal,
      network: existing,
      ecr: { repositories: { app: { enableLambdaPull: true } } },
      ...change,
    } as unknown as EnvironmentInput),
  );

const cluster = (change: object) => ({
  eks: { kubernetesVersion: "1.33", nodeGroups: { general: { instanceTypes: ["m7i.large"] } }, ...change },
});

test.each<[string, object]>([
  ["ecr.repositories", { ecr: { repositories: { app: {}, constructor: {} } } }],
  [
    "ecr.pullThroughCache",
    { ecr: { repositories: { app: {} }, pullThroughCache: { constructor: { upstream: "ecr-public" } } } },
  ],
  ["security.secrets", { security: { secrets: { constructor: {} } } }],
  ["security.ci.push", { security: { ci: { push: { constructor: { repositories: ["app"], trust } } } } }],
  ["ecs.services", { ecs: { services: { constructor: { image } } } }],
  ["lambda.functions", { lambda: { functions: { constructor: { image } } } }],
  ["eks.nodeGroups", cluster({ nodeGroups: { constructor: { instanceTypes: ["m7i.large"] } } })],
  [
    "eks.fargateProfiles",
    cluster({ fargateProfiles: { constructor: { selectors: [{ namespace: "batch" }] } } }),
  ],
  ["eks.deployments", cluster({ deployments: { constructor: { image } } })],
])("fails when %s has a name that every object has", (section, change) => {
  expect(problemsWith(change)).toEqual([
    `environments/test.ts: ${section}.constructor: found "constructor"; this name is reserved in JavaScript objects; choose another name`,
  ]);
});

test.each(["toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "toLocaleString"])(
  "fails when a function is called %s",
  (name) => {
    expect(problemsWith({ lambda: { functions: { [name]: { image } } } })).toEqual([
      `environments/test.ts: lambda.functions.${name}: found "${name}"; this name is reserved in JavaScript objects; choose another name`,
    ]);
  },
);

test.each<[string, object]>([
  ["ecr.repositories", { ecr: { repositories: { app: {}, ["__proto__"]: {} } } }],
  ["tags", { tags: { ["__proto__"]: "x" } }],
  [
    "ecs.services.web.environment",
    { ecs: { services: { web: { image, environment: { ["__proto__"]: "x" } } } } },
  ],
])("fails when %s has the key __proto__, which would vanish", (section, change) => {
  expect(problemsWith(change)).toEqual([
    `environments/test.ts: ${section}.__proto__: found "__proto__"; JavaScript reserves this name for the prototype of an object; choose another name`,
  ]);
});

test("a variable may have a name that every object has", () => {
  const environment = { constructor: "x", toString: "y" };

  expect(problemsWith({ ecs: { services: { web: { image, environment } } } })).toEqual([]);
});
