import fc from "fast-check";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { defaultTagNames } from "../../../../environments/naming";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { minimal, only } from "../../../support/environments/minimal";

const load = (input: Partial<EnvironmentInput>) =>
  loadEnvironments(only({ ...minimal, ...input } as EnvironmentInput));

const ownNetwork: EnvironmentInput["network"] = {
  kind: "own",
  cidr: "10.0.0.0/16",
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
};

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, ""]));

test("fails when a tag is one that every stack sets", () => {
  const tags = Object.fromEntries(Object.values(defaultTagNames).map((tag) => [tag, "mine"]));

  expect(() => load({ tags })).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: tags.Project: found "Project"; every stack sets this tag automatically; remove it
    environments/test.ts: tags.Environment: found "Environment"; every stack sets this tag automatically; remove it
    environments/test.ts: tags.Layer: found "Layer"; every stack sets this tag automatically; remove it
    environments/test.ts: tags.ManagedBy: found "ManagedBy"; every stack sets this tag automatically; remove it]
  `);
});

test("fails when a tag differs only in case from one that every stack sets", () => {
  const tags = { project: "a", ENVIRONMENT: "b", layer: "c", managedby: "d" };

  expect(() => load({ tags })).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: tags.project: found "project"; every stack sets the tag Project, and IAM does not distinguish tag keys by case; remove this tag, or choose the name of ours in tagNames
    environments/test.ts: tags.ENVIRONMENT: found "ENVIRONMENT"; every stack sets the tag Environment, and IAM does not distinguish tag keys by case; remove this tag, or choose the name of ours in tagNames
    environments/test.ts: tags.layer: found "layer"; every stack sets the tag Layer, and IAM does not distinguish tag keys by case; remove this tag, or choose the name of ours in tagNames
    environments/test.ts: tags.managedby: found "managedby"; every stack sets the tag ManagedBy, and IAM does not distinguish tag keys by case; remove this tag, or choose the name of ours in tagNames]
  `);
});

test("fails when two tags differ only in case", () => {
  expect(() =>
    load({ tags: { CostCenter: "1", costcenter: "2", Costcenter: "3" } }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: tags.costcenter: found "costcenter"; "CostCenter" differs only in case, and IAM does not distinguish tag keys by case; remove one of them
    environments/test.ts: tags.Costcenter: found "Costcenter"; "CostCenter" differs only in case, and IAM does not distinguish tag keys by case; remove one of them]
  `);
  expect(() => load({ tags: { größe: "1", GRÖSSE: "2", GRÖßE: "3" } })).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: tags["GRÖßE"]: found "GRÖßE"; "größe" differs only in case, and IAM does not distinguish tag keys by case; remove one of them]`,
  );
});

test("a company can have its tags in lower case", () => {
  const tagNames = {
    project: "project",
    environment: "environment",
    layer: "layer",
    managedBy: "managed-by",
  };

  expect(() =>
    load({ tagNames, tags: { owner: "me", Project: "again" } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: tags.Project: found "Project"; every stack sets the tag project, and IAM does not distinguish tag keys by case; remove this tag, or choose the name of ours in tagNames]`,
  );
  expect(load({ tagNames, tags: { owner: "me", ManagedBy: "me" } })[0]).toMatchObject({ tagNames });
});

test("fails when two of the project's tags have one name, in whatever case", () => {
  expect(() => load({ tagNames: { project: "app", layer: "App" } })).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: tagNames.layer: found "App"; another of these tags is called "app", and IAM does not distinguish tag keys by case; choose another name]`,
  );
  expect(() => load({ tagNames: { project: "environment" } })).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: tagNames.environment: found "Environment" (the default); another of these tags is called "environment", and IAM does not distinguish tag keys by case; choose another name]`,
  );
});

test.each(["Name", "name", "NAME"])("fails when one of the project's tags is called %s", (project) => {
  expect(() => load({ tagNames: { project } })).toThrow(
    "network resources have a tag called Name, and IAM does not distinguish tag keys by case; choose another name",
  );
});

test("fails when a resource would have more tags than AWS allows", () => {
  expect(() => load({ tags: many(46) })).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: tags: found "51 tags with those that the project sets"; AWS allows 50 tags on a resource, and the project sets 5 of them; remove 1]`,
  );
  expect(() => load({ tags: many(45), network: ownNetwork })).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: tags: found "51 tags with those that the project sets"; AWS allows 50 tags on a resource, and the project sets 6 of them; remove 1]`,
  );
});

test.each([
  ["45", { tags: many(45) }],
  ["45 and Name", { tags: { ...many(45), Name: "mine" } }],
  ["44 with a network", { tags: many(44), network: ownNetwork }],
  ["Name and name, which network resources distinguish", { tags: { name: "x" } }],
  ["no", { tags: {} }],
] as const)("%s tags are valid", (_, input) => {
  expect(load(input)).toHaveLength(1);
});

test.each([null, "project", 1, [], { project: 1 }, { purpose: "x" }])(
  "fails when tagNames are %j",
  (tagNames) => {
    expect(() => load({ tagNames } as never)).toThrow("environments/test.ts: tagNames");
  },
);

test("keys are refused exactly when lower case makes two of them equal", () => {
  const key = fc.string({ unit: fc.constantFrom("a", "A", "b", "B", "1"), minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 6 }), (keys) => {
      const collide = new Set(keys.map((one) => one.toLowerCase())).size < keys.length;
      const definition = only({ ...minimal, tags: Object.fromEntries(keys.map((one) => [one, ""])) })[
        "environments/test.ts"
      ];

      expect(definition?.ok).toBe(!collide);
    }),
  );
});

const loadTagged = (own: Record<string, string>, tags: Record<string, string> = {}) =>
  load({ tags, ecr: { repositories: { app: { tags: own } } } });

test("a repository can have tags of its own, also other values of the environment's", () => {
  const [environment] = loadTagged({ Team: "shop", team: "x", CostCenter: "2" }, { CostCenter: "1" });

  expect(environment?.ecr.repositories["app"]?.tags).toEqual({ Team: "shop", team: "x", CostCenter: "2" });
});

test("fails when a tag of a repository is one that policies compare, or none that ECR accepts", () => {
  expect(() => loadTagged({ project: "x", "aws:a": "1", b: "é!" })).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.tags["aws:a"]: found "aws:a"; a tag key has 1 to 128 letters, digits, spaces and _.:/=+-@, without tabs and line breaks, and cannot start with aws: in any case; rename it
    environments/test.ts: ecr.repositories.app.tags.b: found "é!"; a tag value is a string of up to 256 letters, digits, spaces and _.:/=+-@, without tabs and line breaks, and cannot start with aws: in any case; change it
    environments/test.ts: ecr.repositories.app.tags.project: found "project"; every stack sets the tag Project, by which policies recognize the environment; remove this tag, or choose another name for ours in tagNames]
  `);
});

test("fails when a repository would have more tags than AWS allows", () => {
  expect(loadTagged(many(26), { A: "", B: "" })).toHaveLength(1);
  expect(() => loadTagged(many(47))).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.tags: found "51 tags with those of the environment"; AWS allows 50 tags on a resource; remove 1 here or in the environment's tags]`,
  );
});
