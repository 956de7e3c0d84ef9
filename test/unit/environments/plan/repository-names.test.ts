import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { exportedRequests } from "../../../../environments/plan/exported-requests";
import {
  namePatterns,
  nameStart,
  ownNames,
  repositoryName,
} from "../../../../environments/plan/repository-names";
import { minimal, only } from "../../../support/synth";

const named = (change: Partial<EnvironmentInput>) => {
  const [environment] = loadEnvironments(only({ ...minimal, ...change }));
  if (environment === undefined) throw new Error("no environment");
  return environment;
};

const ecr: EnvironmentInput["ecr"] = {
  repositories: { web: {}, api: { name: "team/api" } },
  pullThroughCache: { quay: { upstream: "quay" } },
};

test.each([
  ["{project}-{environment}-{name}", "acme-test-", "acme-test-web", ["acme-test-*", "team/api"]],
  ["{project}/{environment}/{name}", "acme/test/", "acme/test/web", ["acme/test/*", "team/api"]],
  ["{name}-{environment}", undefined, "web-test", ["quay-test/*", "team/api", "web-test"]],
  ["{name}", undefined, "web", ["quay/*", "team/api", "web"]],
  ["team/{name}", "team/", "team/web", ["team/*"]],
  ["team{name}", undefined, "teamweb", ["teamquay/*", "team/api", "teamweb"]],
])("with the pattern %s, names start with %s", (repository, start, name, patterns) => {
  const environment = named({ naming: { repository }, ecr });

  expect(nameStart(environment)).toBe(start);
  expect(repositoryName(environment, "web")).toBe(name);
  expect(repositoryName(environment, "api")).toBe("team/api");
  expect(namePatterns(ownNames(environment))).toEqual(patterns);
});

test("another project hears how the names start, if it cannot tell", () => {
  const started = (change: Partial<EnvironmentInput>) => {
    const environment = named({ ...change, ecr: { ...ecr, registryOwner: "other-project" } });
    return exportedRequests(environment, [environment]).nameStart;
  };

  expect(started({})).toBeUndefined();
  expect(started({ naming: { repository: "team/{name}" } })).toBe("team/");
  expect(started({ naming: { repository: "{name}" } })).toBe("");
});
