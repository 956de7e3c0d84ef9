import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { chosenRepository } from "../../../../../scripts/ecr/addresses/chosen-repository";
import { urlOf } from "../../../../../scripts/ecr/addresses/registry-url";
import { minimal, only } from "../../../../support/environments/minimal";

const [environment] = loadEnvironments(
  only({
    ...minimal,
    ecr: {
      repositories: {
        app: {
          enableReplication: true,
          replicationDestinations: [
            { region: "us-west-2" },
            { region: "us-east-1", registryId: "210987654321" },
          ],
        },
        worker: {},
      },
      pullThroughCache: { quay: { upstream: "quay" }, all: { upstream: "ecr-public", prefix: "ROOT" } },
      unmanagedRepositories: { "team/tool": {} },
    },
  }),
);
if (environment === undefined) throw new Error("no environment");
const choose = (repository: string, region?: string) =>
  chosenRepository(environment, { repository, ...(region !== undefined && { region }) });

test.each([
  ["app", undefined, "own", "acme-test-app"],
  ["app", "us-west-2", "replica", "acme-test-app"],
  ["quay/team/image", undefined, "cache", "acme-test-quay/team/image"],
  ["all/nginx/nginx", undefined, "cache", "nginx/nginx"],
  ["team/tool", undefined, "unmanaged", "team/tool"],
])("%s in %s is %s, with the name %s", (repository, region, kind, name) => {
  expect(choose(repository, region)).toMatchObject({ kind, name, accountId: "111122223333" });
});

test("the URL has the host of the endpoint that was chosen", () => {
  expect(urlOf(choose("app"), "ipv4")).toBe("111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app");
  expect(urlOf(choose("app"), "dual-stack")).toBe("111122223333.dkr-ecr.eu-west-1.on.aws/acme-test-app");
});

test.each([
  ["ap", undefined, `did you mean "app"?`],
  ["something-else", undefined, "choose from app, worker, quay, all, team/tool"],
  ["worker", "us-west-2", "choose from eu-west-1"],
  ["app", "us-east-1", "choose from eu-west-1, us-west-2"],
  ["quay", undefined, "put a slash and the path of the image after it"],
  ["quay/image", "us-west-2", "is in eu-west-1 only; remove --region"],
])("fails when there is no %s in %s", (repository, region, message) => {
  expect(() => choose(repository, region)).toThrowError(message);
});

test("fails when the Region has no such endpoint", () => {
  expect(() => urlOf(choose("app"), "fips")).toThrowErrorMatchingInlineSnapshot(
    `[Error: --endpoint: AWS documents no fips host of ECR in eu-west-1; choose from ipv4, dual-stack]`,
  );
});
