import { expect, test } from "vitest";
import {
  type Container,
  containerDefinitions,
  volumesOf,
} from "../../../../modules/ecs/container-definition";

const least: Container = {
  name: "web",
  image: "registry/app:v1",
  environment: {},
  secretArns: {},
  readonlyRootFilesystem: true,
  writablePaths: [],
  logGroup: "/ecs/acme-test/web",
  region: "eu-west-1",
};

const definition = (container: Partial<Container> = {}) =>
  JSON.parse(containerDefinitions({ ...least, ...container }));

test("a container without options has its image, its log group and a read-only file system", () => {
  expect(definition()).toEqual([
    {
      name: "web",
      image: "registry/app:v1",
      essential: true,
      readonlyRootFilesystem: true,
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": "/ecs/acme-test/web",
          "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "web",
        },
      },
    },
  ]);
});

test("variables are sorted by name, whatever the order in the file", () => {
  const [{ environment, secrets }] = definition({
    environment: { B: "2", A: "1", _C: "" },
    secretArns: { TOKEN: "arn:token", KEY: "arn:key" },
  });

  expect(environment).toEqual([
    { name: "A", value: "1" },
    { name: "B", value: "2" },
    { name: "_C", value: "" },
  ]);
  expect(secrets).toEqual([
    { name: "KEY", valueFrom: "arn:key" },
    { name: "TOKEN", valueFrom: "arn:token" },
  ]);
});

test("the host port equals the container port", () => {
  expect(definition({ port: 8080 })).toMatchObject([
    { portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }] },
  ]);
});

test("a health check has the times that ECS assumes, unless it is given others", () => {
  const checked = (healthCheck: Container["healthCheck"]) =>
    definition(healthCheck && { healthCheck })[0].healthCheck;

  expect(checked({ command: ["CMD", "check"] })).toEqual({
    command: ["CMD", "check"],
    interval: 30,
    timeout: 5,
    retries: 3,
  });
  expect(checked({ command: ["CMD"], interval: 10, timeout: 2, retries: 1, startPeriod: 0 })).toEqual({
    command: ["CMD"],
    interval: 10,
    timeout: 2,
    retries: 1,
    startPeriod: 0,
  });
});

test("each writable path is a volume of the task, even if two look alike", () => {
  const writablePaths = ["/tmp", "/var/cache", "/var-cache"];

  const [{ mountPoints }] = definition({ writablePaths });

  expect(mountPoints.map(({ containerPath }: { containerPath: string }) => containerPath)).toEqual(
    writablePaths,
  );
  expect(mountPoints.map(({ sourceVolume }: { sourceVolume: string }) => sourceVolume)).toEqual(
    volumesOf({ writablePaths }),
  );
  expect(volumesOf({ writablePaths })).toEqual(["0-tmp", "1-var-cache", "2-var-cache"]);
});
