import { expect, test } from "vitest";
import { minimal } from "../../../support/environments/minimal";
import {
  at,
  certificateArn,
  image,
  network,
  problemsWith,
  type ServiceInput,
} from "../../../support/environments/one-service";

test("fails when services have no network, once", () => {
  const services = { web: { image }, worker: { image } };

  expect(problemsWith({}, { network: undefined, ecs: { services } })).toEqual([
    'environments/test.ts: network: found nothing; ECS services need a network; add network: { kind: "own", … } or { kind: "existing", … }',
  ]);
});

test("a cluster without services needs no network", () => {
  expect(problemsWith({}, { network: undefined, ecs: {} })).toEqual([]);
});

test("fails when a load balancer has fewer than two public subnets, and only then", () => {
  const behind = { port: 80, loadBalancer: { certificateArn } };
  const one = { ...network, publicSubnetIds: ["subnet-00000000000000003"] };

  expect(problemsWith(behind, { network: one })).toEqual([
    'environments/test.ts: network.publicSubnetIds: found ["subnet-00000000000000003"]; a load balancer needs public subnets in at least two Availability Zones; add their IDs',
  ]);
  expect(problemsWith({ port: 80 }, { network: one })).toEqual([]);
});

test("fails when a load balancer would get a name that AWS keeps for itself", () => {
  const behind = { port: 80, loadBalancer: { certificateArn } };

  expect(problemsWith(behind, { project: "internal" })).toEqual([
    `${at}.loadBalancer: found "internal"; a load balancer name cannot start with internal-; rename the project`,
  ]);
  expect(problemsWith({ port: 80 }, { project: "internal" })).toEqual([]);
});

test.each(["Web", "web_app", "web--app", "-web", "1web", ""])("fails when a service is called %j", (name) => {
  const [problem] = problemsWith({}, { ecs: { services: { [name]: { image } } } });

  expect(problem).toBe(
    `environments/test.ts: ecs.services[${JSON.stringify(name)}]: found ${JSON.stringify(name)}; a service name has lowercase letters and digits, with single hyphens between them; use a name such as web-app`
      .replace('["Web"]', ".Web")
      .replace('["web_app"]', ".web_app"),
  );
});

test("fails when the name of a role is too long, by how much", () => {
  const name = `a${"b".repeat(46)}`;

  expect(problemsWith({}, { ecs: { services: { [name]: { image } } } })).toEqual([
    `environments/test.ts: ecs.services.${name}: found "acme-test-ecs-task-${name}"; this would be the name of the task role, and IAM role names have at most 64 characters; shorten a part of it by 2`,
  ]);
});

test("fails when the name of the role that shifts traffic is too long", () => {
  const project = `a${"b".repeat(29)}`;
  const name = `e${"f".repeat(17)}`;
  const problems = (deployment?: ServiceInput["deployment"]) =>
    problemsWith(
      {},
      {
        ...{ project, name },
        ecs: { services: { w: { image, port: 80, loadBalancer: { certificateArn }, deployment } } },
      },
    ).filter((problem) => problem.includes("shifts traffic"));

  expect(problems({ strategy: "blueGreen" })).toEqual([
    `environments/${name}.ts: ecs: found "${project}-${name}-ecs-infrastructure"; this would be the name of the role that shifts traffic, and IAM role names have at most 64 characters; shorten a part of it by 4`,
  ]);
  expect(problems()).toEqual([]);
});

test("fails when the name of the role that starts tasks is too long", () => {
  const long = { ...minimal, name: "test", project: `a${"b".repeat(29)}` };
  const name = `e${"f".repeat(19)}`;

  const problems = problemsWith({}, { ...long, name, ecs: {} });

  expect(problems).toContain(
    `environments/${name}.ts: ecs: found "${long.project}-${name}-ecs-execution"; this would be the name of the execution role, and IAM role names have at most 64 characters; shorten a part of it by 1`,
  );
});

test("the secrets of all services fit into the policy of the role that starts tasks", () => {
  const using = (count: number) => {
    const names = Array.from({ length: count }, (_, index) => `secret-${String(index).padStart(3, "0")}`);
    const half = (start: number) =>
      Object.fromEntries(names.slice(start, start + count / 2).map((name, index) => [`V${index}`, name]));
    const services = {
      web: { image, secrets: half(0) },
      worker: { image, secrets: half(count / 2) },
    };
    const secrets = Object.fromEntries(names.map((name) => [name, {}]));
    return problemsWith({}, { ecs: { services }, security: { secrets } });
  };

  expect(using(112)).toEqual([]);
  expect(using(114)).toEqual([
    'environments/test.ts: ecs.services: found "114 secrets"; the policy of the execution role would have 10270 characters, and IAM allows 10240; combine related values in one secret',
  ]);
});

test("fails when a pipeline would deploy an image of a cache", () => {
  const image = { repository: "quay/team/app", tag: "v1", managedBy: "pipeline" } as const;
  const ecr = { repositories: { app: {} }, pullThroughCache: { quay: { upstream: "quay" } } } as const;

  expect(problemsWith({ image }, { ecr })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.image.managedBy: found "pipeline"; a pipeline deploys images of ecr.repositories, and this one comes from a cache; remove managedBy, or push the image to a repository",
    ]
  `);
});
