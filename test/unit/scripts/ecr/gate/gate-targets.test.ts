import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { gateRulesOf } from "../../../../../environments/plan/image-gate";
import { repositoryUrl } from "../../../../../modules/ecr/repository/repository-address";
import { chosenRepository } from "../../../../../scripts/ecr/addresses/chosen-repository";
import { targetNamed, targetsInFile } from "../../../../../scripts/ecr/gate/gate-targets";
import { readGatedImage } from "../../../../../scripts/ecr/gate/read-gated-image";
import type { RepositoryReader } from "../../../../../scripts/ecr/images/repository-reader";
import { minimal, only } from "../../../../support/environments/minimal";

const cached = "ecr/nginx/nginx";
const [environment] = loadEnvironments(
  only({
    ...minimal,
    ecr: {
      repositories: { app: {} },
      pullThroughCache: { ecr: { upstream: "ecr-public" } },
      unmanagedRepositories: { "team/tool": {} },
    },
    network: { kind: "own", cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    ecs: {
      services: {
        proxy: { image: { repository: cached, tag: "1.27" }, cpuArchitecture: "ARM64" },
        web: { image: { repository: "app", tag: "v1" }, cpuArchitecture: "ARM64" },
        worker: { image: { repository: "app", tag: "v2" } },
      },
    },
    imageGate: { severity: "HIGH", repositories: { [cached]: { severity: "CRITICAL" } } },
  }),
);
if (environment?.imageGate === undefined) throw new Error("no gate");
const { imageGate } = environment;
const uri = repositoryUrl(chosenRepository(environment, { repository: cached }));
const digest = `sha256:${"0".repeat(64)}`;

test("each image of the file can be named as the gate labels it", () => {
  const labels = targetsInFile(environment).map(({ label }) => label);

  expect(labels).toEqual([`${cached}:1.27`, "app:v1", "app:v2"]);
  for (const { label, repository, imageId } of targetsInFile(environment))
    expect(targetNamed(environment, label)).toMatchObject({ label, repository, imageId });
});

test.each([
  [`${cached}:1.27`, { imageTag: "1.27" }],
  [`${cached}@${digest}`, { imageDigest: digest }],
  [`${uri}:1.28`, { imageTag: "1.28" }],
  [`${uri}@${digest}`, { imageDigest: digest }],
])("%s has the rules and the platforms of the image in the cache", (named, imageId) => {
  const target = targetNamed(environment, named);

  expect(target).toEqual({
    ...{ label: named, repository: cached, imageId },
    wanted: [{ platform: "linux/arm64", by: 'ECS service "proxy"' }],
  });
  expect(gateRulesOf(imageGate, target.repository).severity).toBe("CRITICAL");
  expect(chosenRepository(environment, target).kind).toBe("cache");
});

test("other repositories keep their names", () => {
  const [host] = uri.split("/");

  expect(targetNamed(environment, `${host}/acme-test-app:v1`)).toMatchObject({ repository: "app" });
  expect(targetNamed(environment, `${host}/team/tool:v1`)).toMatchObject({ repository: "team/tool" });
  expect(targetNamed(environment, "app:v1").wanted).toHaveLength(2);
  expect(() => targetNamed(environment, "other:v1")).toThrowError('no repository "other"');
  expect(() => targetNamed(environment, "ecr:v1")).toThrowError("put a slash and the path of the image");
});

test.each([
  [cached, "acme-test-ecr/nginx/nginx has no image v9; pull ecr/nginx/nginx once through the cache first"],
  ["app", "acme-test-app has no image v9; push it first"],
])("what to do when %s has no such image", async (repository, message) => {
  const chosen = chosenRepository(environment, { repository });
  const reader = {
    ...{ repository: chosen, id: { registryId: chosen.accountId, repositoryName: chosen.name } },
    ask: async () => undefined,
  } as unknown as RepositoryReader;
  const rules = gateRulesOf(imageGate, repository);

  await expect(readGatedImage(reader, { imageId: { imageTag: "v9" }, rules, timeout: 0 })).rejects.toThrow(
    message,
  );
});
