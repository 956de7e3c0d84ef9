import { expect, test } from "vitest";
import type { Container } from "../../../../modules/ecs/container";
import { containerDefinitions, secretValue, volumesOf } from "../../../../modules/ecs/container-definition";

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
  JSON.parse(containerDefinitions([{ ...least, ...container }]));

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
    volumesOf([{ name: "web", writablePaths }]),
  );
  expect(volumesOf([{ name: "web", writablePaths }])).toEqual(["0-tmp", "1-var-cache", "2-var-cache"]);
});

test("a further container has volumes of its own", () => {
  const writablePaths = ["/tmp"];
  const containers = [
    { ...least, writablePaths },
    { ...least, name: "proxy", writablePaths },
  ];

  const mounted = JSON.parse(containerDefinitions(containers)).map(
    ({ mountPoints: [point] }: { mountPoints: { sourceVolume: string }[] }) => point?.sourceVolume,
  );
  expect(mounted).toEqual(volumesOf(containers));
  expect(mounted).toEqual(["0-tmp", "proxy-0-tmp"]);
});

test("a reference to one value of a secret ends with its key, for the current version of the secret", () => {
  expect(secretValue("arn:database")).toBe("arn:database");
  expect(secretValue("arn:database", "password")).toBe("arn:database:password::");
});

test("what is not given is not written, so that the task definition of a service stays as it is", () => {
  const nothing = {
    entryPoint: undefined,
    command: undefined,
    user: undefined,
    stopTimeout: undefined,
    ulimits: undefined,
    initProcessEnabled: undefined,
    dependsOn: {},
    resources: {},
    logRouter: undefined,
  };

  expect(definition(nothing)).toEqual(definition());
});

test("a container has what it is given, and a log router and its output where they go", () => {
  const [app, router] = JSON.parse(
    containerDefinitions([
      {
        ...least,
        entryPoint: ["/init"],
        command: ["serve"],
        user: "1000:1000",
        stopTimeout: 60,
        ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
        initProcessEnabled: true,
        dependsOn: { router: "START" },
        routedLogs: { options: { Name: "datadog", Host: "example.com" }, secretArns: { apikey: "arn:key" } },
      },
      {
        ...least,
        name: "router",
        essential: false,
        resources: { cpu: 64, memory: 128, memoryReservation: 64 },
        logRouter: { type: "fluentbit", configFile: "/extra.conf", ecsMetadata: false },
      },
    ]),
  );

  expect(app).toMatchObject({
    entryPoint: ["/init"],
    command: ["serve"],
    user: "1000:1000",
    stopTimeout: 60,
    ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
    linuxParameters: { initProcessEnabled: true },
    dependsOn: [{ containerName: "router", condition: "START" }],
    logConfiguration: {
      logDriver: "awsfirelens",
      options: { Host: "example.com", Name: "datadog" },
      secretOptions: [{ name: "apikey", valueFrom: "arn:key" }],
    },
  });
  expect(router).toMatchObject({
    essential: false,
    cpu: 64,
    memory: 128,
    memoryReservation: 64,
    firelensConfiguration: {
      type: "fluentbit",
      options: {
        "config-file-type": "file",
        "config-file-value": "/extra.conf",
        "enable-ecs-log-metadata": "false",
      },
    },
    logConfiguration: { logDriver: "awslogs" },
  });
});
