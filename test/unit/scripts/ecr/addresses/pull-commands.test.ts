import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { pullSteps } from "../../../../../scripts/ecr/addresses/pull-commands";
import { minimal, only } from "../../../../support/environments/minimal";

const other = "999988887777.dkr.ecr.us-east-1.amazonaws.com/team/app";
const [environment] = loadEnvironments(
  only({
    ...minimal,
    ecr: {
      repositories: { app: { enableReplication: true, replicationDestinations: [{ region: "us-west-2" }] } },
    },
    network: { kind: "own", cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    ecs: {
      services: {
        web: { image: { repository: "app", tag: "v1" }, cpuArchitecture: "ARM64" },
        worker: { image: { repository: "app", tag: "v2" }, cpuArchitecture: "ARM64" },
        theirs: { image: { repository: other, tag: "v3" }, cpuArchitecture: "ARM64" },
      },
    },
  }),
);
if (environment === undefined) throw new Error("no environment");
const commandsOf = (more: { readonly image?: string; readonly region?: string }) =>
  pullSteps(environment, { client: "docker", endpoint: "ipv4", ...more }).map(({ commands }) => commands);
const login = (host: string, region: string) =>
  `aws ecr get-login-password --region ${region} | docker login --username AWS --password-stdin ${host}`;
const loginThere = login("999988887777.dkr.ecr.us-east-1.amazonaws.com", "us-east-1");

test.each(["eu-west-1", "us-west-2"])(
  "own images come from %s, those of other accounts from their registry, with a login to each",
  (region) => {
    const host = `111122223333.dkr.ecr.${region}.amazonaws.com`;

    expect(commandsOf({ region })).toEqual([
      [login(host, region), loginThere],
      [
        `docker pull --platform linux/arm64 ${host}/acme-test-app:v1`,
        `docker pull --platform linux/arm64 ${host}/acme-test-app:v2`,
        `docker pull --platform linux/arm64 ${other}:v3`,
      ],
    ]);
  },
);

test("an image of another account can be named by its URL", () => {
  expect(commandsOf({ image: `${other}:v4` })).toEqual([[loginThere], [`docker pull ${other}:v4`]]);
});

test("which image a pipeline has deployed is not in the file, so its first image is not pulled", () => {
  const image = { repository: "app", tag: "v1", managedBy: "pipeline" };
  const stepsOf = (services: object) => {
    const file: object = {
      ...{ ecr: { repositories: { app: {} } }, ecs: { services } },
      network: { kind: "own", cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    };
    const [one] = loadEnvironments(only({ ...minimal, ...file }));
    if (one === undefined) throw new Error("no environment");
    return pullSteps(one, { client: "docker", endpoint: "ipv4" });
  };
  const left =
    'Not pulled: pipelines deploy the images of ECS service "web"; see npm run ecs -- status --env test';

  expect(stepsOf({ web: { image }, worker: { image: { repository: "app", tag: "v2" } } }).slice(1)).toEqual([
    { title: "Pull", commands: [expect.stringMatching(/app:v2$/)] },
    { title: left, commands: [] },
  ]);
  expect(() => stepsOf({ web: { image } })).toThrow(
    `No consumer in environments/test.ts names a tag or digest that Terraform deploys; name an image with --image, e.g. --image web-app:v1.2.3\n${left}`,
  );
});
