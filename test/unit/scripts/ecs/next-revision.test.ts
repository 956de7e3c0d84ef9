import { expect, test } from "vitest";
import { baseRevision, baseTag, nextRevision } from "../../../../scripts/ecs/next-revision";

const arn = (revision: number) =>
  `arn:aws:ecs:eu-west-1:111122223333:task-definition/acme-test-web:${revision}`;
const base = {
  taskDefinition: {
    taskDefinitionArn: arn(3),
    family: "acme-test-web",
    revision: 3,
    status: "ACTIVE" as const,
    registeredAt: new Date(),
    registeredBy: "arn:aws:iam::111122223333:role/deploy",
    requiresAttributes: [],
    compatibilities: ["FARGATE" as const],
    cpu: "256",
    taskRoleArn: "arn:aws:iam::111122223333:role/web",
    volumes: [{ name: "0-tmp" }],
    containerDefinitions: [
      { name: "web", image: "app:v1", secrets: [{ name: "A", valueFrom: "arn:a" }] },
      { name: "proxy", image: "proxy:v1" },
    ],
  },
  tags: [{ key: "Project", value: "acme" }],
};

test("a new revision differs from Terraform's in the image of the one container, and says from which it is made", () => {
  expect(nextRevision(base, "web", "app@sha256:1")).toEqual({
    family: "acme-test-web",
    cpu: "256",
    taskRoleArn: "arn:aws:iam::111122223333:role/web",
    volumes: [{ name: "0-tmp" }],
    containerDefinitions: [
      { name: "web", image: "app@sha256:1", secrets: [{ name: "A", valueFrom: "arn:a" }] },
      { name: "proxy", image: "proxy:v1" },
    ],
    tags: [
      { key: "Project", value: "acme" },
      { key: baseTag, value: arn(3) },
    ],
  });
});

test("the next revision is made from Terraform's, also when a pipeline registered the newest one", () => {
  const { tags, ...registered } = nextRevision(base, "web", "app@sha256:1");
  const newest = { taskDefinition: { ...registered, taskDefinitionArn: arn(4) }, ...(tags && { tags }) };

  expect(baseRevision(newest)).toBe(arn(3));
  expect(baseRevision(base)).toBeUndefined();
  expect(baseRevision({ taskDefinition: {} })).toBeUndefined();
});

test("fails when the task definition has no container of the service", () => {
  expect(() => nextRevision(base, "worker", "app:v2")).toThrowErrorMatchingInlineSnapshot(
    `[Error: The task definition arn:aws:ecs:eu-west-1:111122223333:task-definition/acme-test-web:3 has no container worker; deploy the compute layer first]`,
  );
});
