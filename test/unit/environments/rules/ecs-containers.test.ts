import { expect, test } from "vitest";
import { image, problemsWith, type ServiceInput } from "../../../support/environments/one-service";

type Sidecars = NonNullable<ServiceInput["containers"]>;
const security = { secrets: { database: {} } };
const problems = (options: Partial<ServiceInput>) => problemsWith(options, { security });
const beside = (containers: Sidecars, options: Partial<ServiceInput> = {}) =>
  problems({ memory: 1024, ...options, containers });

test("fails when a container has the name of another, or none that volumes can have", () => {
  expect(beside({ web: { image }, Proxy: { image } })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.containers.web: found "web"; the container of the service has this name; choose another one",
      "environments/test.ts: ecs.services.web.containers.Proxy: found "Proxy"; a container name has lowercase letters and digits, with single hyphens between them; use a name such as log-router",
    ]
  `);
});

test("fails when a task has more than ten containers", () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, { image }]));

  expect(beside(many(10))).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.containers: found "10 entries"; a task definition has up to 10 containers, that of the service included; remove some",
    ]
  `);
  expect(beside(many(9))).toEqual([]);
});

test("fails when a container waits for what never comes", () => {
  expect(
    beside(
      {
        proxy: { image, dependsOn: { router: "START" } },
        init: { image, dependsOn: { proxy: "COMPLETE", init: "START" } },
      },
      { dependsOn: { proxy: "HEALTHY", init: "SUCCESS" } },
    ),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.dependsOn.proxy: found "HEALTHY"; nothing checks the health of "proxy"; add healthCheckCommand to it, or use START",
      "environments/test.ts: ecs.services.web.dependsOn.init: found "SUCCESS"; the task stops when "init" ends; set essential: false there, or use START or HEALTHY",
      "environments/test.ts: ecs.services.web.containers.proxy.dependsOn.router: found "router"; the task has no container with this name; choose from web, init",
      "environments/test.ts: ecs.services.web.containers.init.dependsOn.proxy: found "COMPLETE"; the task stops when "proxy" ends; set essential: false there, or use START or HEALTHY",
      "environments/test.ts: ecs.services.web.containers.init.dependsOn.init: found "init"; a container cannot wait for itself; remove this entry",
    ]
  `);
});

test("fails when containers wait for each other", () => {
  expect(
    beside(
      { a: { image, dependsOn: { b: "START" } }, b: { image, dependsOn: { web: "START" } } },
      {
        dependsOn: { a: "START" },
      },
    ),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.dependsOn: found {"a":"START"}; these containers wait for each other and never start: web → a → b → web; remove one of the dependencies",
    ]
  `);
});

test("a container waits for one that starts, becomes healthy or ends", () => {
  expect(
    beside(
      {
        migrate: { image, essential: false },
        proxy: { image, healthCheckCommand: ["CMD", "check"], dependsOn: { migrate: "SUCCESS" } },
        agent: { image, dependsOn: { web: "START" } },
      },
      { dependsOn: { proxy: "HEALTHY", migrate: "COMPLETE" } },
    ),
  ).toEqual([]);
});

test("fails when the containers of a task reserve more than it has", () => {
  expect([
    ...beside({ a: { image, cpu: 128 }, b: { image, cpu: 128, memory: 2048 } }),
    ...beside({ a: { image, memory: 512, memoryReservation: 512 }, b: { image, memory: 600 } }),
  ]).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.containers.b.memory: found 2048; the task has 1024 MiB of memory; lower this, or raise memory of the service",
      "environments/test.ts: ecs.services.web.containers.a.cpu: found 128; the task has 256 CPU units, and its further containers reserve 256, which leaves nothing for that of the service; reserve less, or raise cpu of the service",
      "environments/test.ts: ecs.services.web.containers.a.memoryReservation: found 512; memory is 512 and must be more than what is reserved; lower memoryReservation or remove it",
      "environments/test.ts: ecs.services.web.containers.b.memory: found 600; the task has 1024 MiB of memory, and its further containers reserve 1112, which leaves nothing for that of the service; reserve less, or raise memory of the service",
    ]
  `);
  expect(beside({ a: { image, cpu: 64, memory: 512, memoryReservation: 128 } })).toEqual([]);
});

test("fails when logs have no router, or more than one", () => {
  const logs = { options: { Name: "null" } };
  const router = { image, logRouter: { type: "fluentbit" } } as const;

  expect([
    ...problems({ logs }),
    ...beside({ one: router, two: { ...router, logs } }),
  ]).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.logs: found {"options":{"Name":"null"},"secretOptions":{}}; no container of the task is a log router; add one with logRouter, or remove logs",
      "environments/test.ts: ecs.services.web.containers.two.logRouter: found {"type":"fluentbit","ecsMetadata":true}; a task has one log router, and "one" is it; remove this one",
      "environments/test.ts: ecs.services.web.containers.two.logs: found {"options":{"Name":"null"},"secretOptions":{}}; a log router cannot route its own output, which goes to CloudWatch Logs; remove logs",
    ]
  `);
  expect(beside({ router, proxy: { image, logs } }, { logs })).toEqual([]);
});

test("fails when a limit of resources is set twice or the wrong way round", () => {
  const nofile = (softLimit: number, hardLimit: number) =>
    ({ name: "nofile", softLimit, hardLimit }) as const;

  expect(problems({ ulimits: [nofile(4096, 1024), nofile(-1, 1024)] })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.ulimits[0].softLimit: found 4096; the hard limit is 1024; lower softLimit or raise hardLimit",
      "environments/test.ts: ecs.services.web.ulimits[1].softLimit: found -1; the hard limit is 1024; lower softLimit or raise hardLimit",
      "environments/test.ts: ecs.services.web.ulimits[1].name: found "nofile"; this limit is set twice; remove it here",
    ]
  `);
  expect(problems({ ulimits: [nofile(1024, -1)] })).toEqual([]);
});

test("fails when a secret or the image of a further container is not there", () => {
  expect(
    beside({
      proxy: {
        image: { repository: "ap", tag: "v1" },
        secrets: { A: { secret: "databse", key: "a" }, B: "databse" },
        environment: { TOKEN: `ghp_${"a1".repeat(18)}` },
      },
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.containers.proxy.image.repository: found "ap"; ecr.repositories has no repository with this name; did you mean "app"?",
      "environments/test.ts: ecs.services.web.containers.proxy.environment.TOKEN: found "ghp_…"; this looks like a credential, which everyone with access to the file or the plan could read; store it in a secret and reference the secret in secrets",
      "environments/test.ts: ecs.services.web.containers.proxy.secrets.A.secret: found "databse"; security.secrets has no secret with this name; did you mean "database"?",
      "environments/test.ts: ecs.services.web.containers.proxy.secrets.B: found "databse"; security.secrets has no secret with this name; did you mean "database"?",
    ]
  `);
});

test("a secret is read as a whole or by a key, which has no colon", () => {
  expect(problems({ secrets: { A: "database", B: { secret: "database", key: "a b/c" } } })).toEqual([]);
  expect(
    problems({ secrets: { A: { secret: "database", key: "a:b" }, B: { secret: "database" } as never } }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.secrets.A.key: found "a:b"; this must be a key of the JSON object in the secret, and ECS allows no colon in it; use a key such as password",
      "environments/test.ts: ecs.services.web.secrets.B: found {"secret":"database"}; this must be the name of a secret in security.secrets, or { secret, key } for one value of a JSON object; use "<name>" or { secret: "<name>", key: "<key>" }",
    ]
  `);
});

test("fails when a pipeline would deploy the image of a further container", () => {
  expect(beside({ proxy: { image: { ...image, managedBy: "pipeline" } } })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.containers.proxy.image.managedBy: found "pipeline"; a pipeline deploys only the image of the service's container; remove managedBy, and name each image in the file",
    ]
  `);
});

test("counts all that a container has toward the size of a task definition", () => {
  const names = [
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
  ] as const;
  const ulimits = names.map((name) => ({ name, softLimit: 1_000_000_000, hardLimit: 1_000_000_000 }));
  const others = Array.from({ length: 9 }, (_, index) => `c${index}`);
  const waiting = (name: string) =>
    Object.fromEntries(others.filter((other) => other < name).map((other) => [other, "START" as const]));
  const containers = (options: object) =>
    Object.fromEntries(others.map((name) => [name, { image, ...options }])) as Sidecars;
  const environment = { LONG: "x".repeat(58_500) };

  expect(beside(containers({}), { environment })).toEqual([]);
  expect(beside(containers({ ulimits }), { environment })).toEqual([
    expect.stringContaining("ECS allows 65536 bytes"),
  ]);
  const all = others.map((name) => [name, { image, dependsOn: waiting(name), stopTimeoutSeconds: 120 }]);
  expect(beside(Object.fromEntries(all) as Sidecars, { environment: { LONG: "x".repeat(60_200) } })).toEqual([
    expect.stringContaining("ECS allows 65536 bytes"),
  ]);
});
