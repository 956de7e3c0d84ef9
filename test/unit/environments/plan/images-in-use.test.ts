import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { imagesInUse } from "../../../../environments/plan/images-in-use";
import { minimal, only } from "../../../support/environments/minimal";
import { network } from "../../../support/environments/one-service";

const digest = (number: number) => `sha256:${String(number).padStart(64, "0")}`;

const images = [
  { imageDigest: digest(1), imageTags: ["v1", "stable"] },
  { imageDigest: digest(2), imageTags: ["v2"] },
  { imageDigest: digest(3) },
];

const [environment] = loadEnvironments(
  only({
    ...minimal,
    network,
    ecr: { repositories: { app: { enableLambdaPull: true }, other: {} } },
    ecs: {
      services: {
        web: { image: { repository: "app", tag: "stable" } },
        lost: { image: { repository: "app", tag: "v9" } },
        elsewhere: { image: { repository: "other", tag: "v1" } },
      },
    },
    lambda: {
      functions: {
        resize: { image: { repository: "app", digest: digest(1) } },
        rotate: { image: { repository: "app", digest: digest(3) } },
        replaced: { image: { repository: "app", digest: digest(5), managedBy: "pipeline" }, alias: "live" },
        gone: { image: { repository: "app", digest: digest(4) } },
        later: { image: { repository: "app", awaitsFirstPush: true } },
      },
    },
  }),
);

const inUse = (repository: string) => {
  if (environment === undefined) throw new Error("no environment");
  const { byDigest, missing } = imagesInUse(environment, repository, images);
  const names = (consumers: readonly { name: string }[]) => consumers.map(({ name }) => name);
  return {
    byDigest: Object.fromEntries([...byDigest].map(([key, consumers]) => [key, names(consumers)])),
    missing: names(missing),
  };
};

test("images are in use by the tag or the digest that consumers name", () => {
  expect(inUse("app").byDigest).toEqual({
    [digest(1)]: ["web", "resize"],
    [digest(3)]: ["rotate"],
  });
});

test("a consumer whose image is not there is told, one that awaits its first push is not", () => {
  expect(inUse("app").missing).toEqual(["lost", "gone"]);
});

test("consumers of other repositories use nothing here", () => {
  expect(inUse("other")).toEqual({ byDigest: { [digest(1)]: ["elsewhere"] }, missing: [] });
});

test("consumers of other environments use an image by the URL of its repository, with the name of their environment", () => {
  const url = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app";
  const image = (repository: string, number: number) => ({ image: { repository, digest: digest(number) } });
  const [other] = loadEnvironments(
    only({
      ...minimal,
      name: "prod",
      accountId: "444455556666",
      network,
      ecs: {
        services: {
          shop: image(url, 2),
          gone: image(url, 7),
          elsewhere: image(url.replace("eu-west-1", "us-east-1"), 2),
        },
      },
    }),
  );
  if (environment === undefined || other === undefined) throw new Error("no environment");
  const { byDigest, missing } = imagesInUse(environment, "app", images, [environment, other]);

  expect(byDigest.get(digest(2))?.map(({ label, name }) => `${label} ${name}`)).toEqual([
    "ECS service of prod shop",
  ]);
  expect(missing.map(({ name }) => name)).toEqual(["lost", "gone"]);
});
