import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { EnvironmentInput } from "../../../../../environments/options/environment";
import { buildTarget } from "../../../../../environments/plan/build-platforms";
import { type Push, pushSteps } from "../../../../../scripts/ecr/addresses/push-steps";
import { asScript } from "../../../../../scripts/ecr/addresses/shell-step";
import { minimal, only } from "../../../../support/environments/minimal";

const push: Push = {
  client: "docker",
  repository: "web-app",
  name: "myproject-dev-web-app",
  accountId: "123456789012",
  region: "us-east-1",
  host: "123456789012.dkr.ecr.us-east-1.amazonaws.com",
  url: "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app",
  context: ".",
  platforms: ["linux/arm64"],
  declaredBy: "ecs.services.web-app",
  forLambda: false,
};

test("the script logs in, builds for the declared architecture, tags, pushes and reads the digest", () => {
  expect(asScript(pushSteps(push))).toMatchInlineSnapshot(`
    "# Tag: the commit, so that each build has its own
    TAG=$(git rev-parse HEAD)

    # Log in: the password is valid for 12 hours
    aws ecr get-login-password --region us-east-1 | docker login --username AWS --password-stdin 123456789012.dkr.ecr.us-east-1.amazonaws.com

    # Build for linux/arm64: see ecs.services.web-app
    docker build --platform linux/arm64 --tag "web-app:$TAG" .

    # Tag for ECR
    docker tag "web-app:$TAG" "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app:$TAG"

    # Push
    docker push "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app:$TAG"

    # Read the digest, which always names this image
    aws ecr describe-images --region us-east-1 --registry-id 123456789012 --repository-name myproject-dev-web-app --image-ids "imageTag=$TAG" --query "imageDetails[0].imageDigest" --output text
    "
  `);
});

test("a tag of the user's stands in place of the commit", () => {
  const script = asScript(pushSteps({ ...push, tag: "v1.2.3" }));

  expect(script).not.toContain("TAG");
  expect(script).toContain(`docker push "${push.url}:v1.2.3"`);
});

test("an image for Lambda is built without a manifest list", () => {
  expect(asScript(pushSteps({ ...push, forLambda: true }))).toContain(
    'docker buildx build --load --platform linux/arm64 --provenance=false --tag "web-app:$TAG" .',
  );
});

test("several architectures are built into one manifest list, which is pushed at once", () => {
  const platforms = ["linux/amd64", "linux/arm64"] as const;
  const commands = (client: Push["client"]) =>
    pushSteps({ ...push, client, platforms }).flatMap((step) => step.commands);

  expect(commands("docker")).toContain(
    `docker buildx build --platform linux/amd64,linux/arm64 --tag "${push.url}:$TAG" --push .`,
  );
  expect(commands("podman")).toContain(
    `podman manifest push --all "${push.url}:$TAG" "docker://${push.url}:$TAG"`,
  );
});

test("of several architectures, Lambda runs the image for its own", () => {
  const script = asScript(pushSteps({ ...push, platforms: ["linux/amd64", "linux/arm64"], forLambda: true }));

  expect(script).toContain("Lambda needs the digest of the image for its platform, not that of the list");
  expect(script).toContain("--provenance=false");
});

test("a folder with spaces or quotes stays one word", () => {
  expect(asScript(pushSteps({ ...push, context: "it's here" }))).toContain(`'it'\\''s here'`);
});

test("the architecture is what the consumers of the repository declare", () => {
  const input: EnvironmentInput = {
    ...minimal,
    network: { kind: "own", cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    ecr: { repositories: { app: {}, fn: { enableLambdaPull: true }, idle: {} } },
    ecs: {
      services: {
        one: { image: { repository: "app", awaitsFirstPush: true }, cpuArchitecture: "ARM64" },
        two: { image: { repository: "app", awaitsFirstPush: true }, cpuArchitecture: "X86_64" },
      },
    },
    lambda: {
      functions: { fn: { image: { repository: "fn", awaitsFirstPush: true }, architecture: "arm64" } },
    },
  };
  const [environment] = loadEnvironments(only(input));
  if (environment === undefined) throw new Error("no environment");

  expect(buildTarget(environment, "app")).toEqual({
    platforms: ["linux/amd64", "linux/arm64"],
    forLambda: false,
    paths: [
      ["ecs", "services", "one"],
      ["ecs", "services", "two"],
    ],
  });
  expect(buildTarget(environment, "fn")).toMatchObject({ platforms: ["linux/arm64"], forLambda: true });
  expect(buildTarget(environment, "idle")).toEqual({ platforms: [], forLambda: false, paths: [] });
});
