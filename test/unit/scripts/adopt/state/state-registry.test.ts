import { expect, test } from "vitest";
import { leaving, removeCommands, removedBlocks } from "../../../../../scripts/adopt/state/leaving-resources";
import { stateRegistry } from "../../../../../scripts/adopt/state/state-registry";
import { stateInstances } from "../../../../../scripts/adopt/state/terraform-state";

const arn = (name: string, region = "eu-west-1") => `arn:aws:ecr:${region}:111122223333:repository/${name}`;

const instance = (attributes: object, index_key?: string | number) => ({
  attributes,
  ...(index_key !== undefined && { index_key }),
});

const managed = (type: string, name: string, instances: readonly object[], module?: string) => ({
  ...{ mode: "managed", type, name, instances },
  ...(module !== undefined && { module }),
});

const state = JSON.stringify(
  {
    version: 4,
    resources: [
      { mode: "data", type: "aws_caller_identity", name: "me", instances: [instance({})] },
      managed(
        "aws_ecr_lifecycle_policy",
        "this",
        [instance({ repository: "web", policy: '{"rules":[]}' }, 0)],
        'module.ecr["web"]',
      ),
      managed(
        "aws_ecr_repository",
        "this",
        [
          instance(
            {
              ...{
                name: "web",
                arn: arn("web"),
                image_tag_mutability: "IMMUTABLE",
                tags: {},
                tags_all: { A: "b" },
              },
              encryption_configuration: [
                { encryption_type: "KMS", kms_key: "arn:aws:kms:eu-west-1:111122223333:key/x" },
              ],
              image_scanning_configuration: [{ scan_on_push: true }],
            },
            0,
          ),
        ],
        'module.ecr["web"]',
      ),
      managed("aws_ecr_repository", "other", [
        instance(
          {
            name: "other",
            arn: arn("other"),
            encryption_configuration: [{ encryption_type: "AES256", kms_key: "" }],
          },
          "a'b",
        ),
        instance({ name: "kept", arn: arn("kept") }, "c"),
        { deposed: "1", attributes: { name: "old" } },
      ]),
      managed("aws_ecr_repository", "replica", [instance({ name: "web", arn: arn("web", "us-east-1") })]),
      managed("aws_ecr_replication_configuration", "r", [
        instance({
          replication_configuration: [
            {
              rule: [
                {
                  destination: [{ region: "us-east-1", registry_id: "111122223333" }],
                  repository_filter: [{ filter: "we", filter_type: "PREFIX_MATCH" }],
                },
              ],
            },
          ],
        }),
      ]),
      managed("aws_kms_key", "ecr", [instance({})]),
      managed("aws_ecs_service", "x", [instance({})]),
    ],
  },
  null,
  2,
);

const instances = stateInstances("a.tfstate", state);

test("repositories have their policies, tags and places", () => {
  const { accountId, region, repositories, replication, others } = stateRegistry(instances);

  expect([accountId, region]).toEqual(["111122223333", "eu-west-1"]);
  expect(repositories[0]).toEqual({
    name: "web",
    place: { file: "a.tfstate", line: expect.any(Number) },
    imageTagMutability: "IMMUTABLE",
    exclusionFilters: [],
    encryptionType: "KMS",
    kmsKey: "arn:aws:kms:eu-west-1:111122223333:key/x",
    scanOnPush: true,
    tags: { A: "b" },
    lifecyclePolicy: '{"rules":[]}',
  });
  expect(state.split("\n")[(repositories[0]?.place?.line ?? 0) - 1]).toContain("aws_ecr_repository");
  expect(repositories.map(({ name }) => name)).toEqual(["web", "other", "kept"]);
  expect(replication).toEqual([
    { destinations: [{ region: "us-east-1", registryId: "111122223333" }], filters: ["we"] },
  ]);
  expect(others.map(({ subject, text }) => `${subject}: ${text}`)).toMatchInlineSnapshot(`
    [
      "aws_ecr_repository.replica: it is in us-east-1: if it is a replica, the replicas layer owns it; else adopt the state again for that Region with --region us-east-1",
      "aws_kms_key.ecr: the security layer has keys of its own; if it encrypts images, ecr.kmsKeyArn names it, and it stays where it is; it is not adopted",
      "aws_ecr_repository.other (deposed object 1): Terraform has replaced old and not yet destroyed it, and it is not adopted: let the old project destroy it with terraform apply, or it stays in AWS without an owner",
    ]
  `);
});

test("of two resources with one repository, the first counts", () => {
  const twice = stateInstances(
    "b.tfstate",
    JSON.stringify({
      version: 4,
      resources: [
        managed("aws_ecr_repository", "a", [
          instance({ name: "web", arn: arn("web"), image_tag_mutability: "IMMUTABLE" }),
        ]),
        managed("aws_ecr_repository", "b", [instance({ name: "web", arn: arn("web") })]),
      ],
    }),
  );
  const { repositories, others } = stateRegistry(twice);

  expect(repositories.map(({ imageTagMutability }) => imageTagMutability)).toEqual(["IMMUTABLE"]);
  expect(others).toEqual([
    {
      subject: "aws_ecr_repository.b",
      place: { file: "b.tfstate", line: 1 },
      text: "aws_ecr_repository.a (b.tfstate:1) is the same repository, and its arguments count; both leave their states",
    },
  ]);
});

const pull = "write one with terraform state pull";
const resource = (instances: unknown) => ({
  version: 4,
  resources: [{ mode: "managed", type: "aws_ecr_repository", name: "a", instances }],
});

test.each([
  ["", `this is no JSON (Unexpected end of JSON input); ${pull}`],
  ["null", `this is no Terraform state of version 4 (its version is missing); ${pull}`],
  ["[]", `this is no Terraform state of version 4 (its version is missing); ${pull}`],
  ['{"version":3}', `this is no Terraform state of version 4 (its version is 3); ${pull}`],
  ['{"version":4}', "this Terraform state is damaged (resources: "],
  ['{"version":4,"resources":"x"}', "this Terraform state is damaged (resources: "],
  ['{"version":4,"resources":[null]}', "this Terraform state is damaged (resources.0: "],
  [JSON.stringify(resource(null)), "this Terraform state is damaged (resources.0.instances: "],
  [
    JSON.stringify(resource([{ attributes: { name: 5 } }])),
    `aws_ecr_repository.a has no arn in this state; ${pull}`,
  ],
])("what is no state is refused with what to do: %s", (text, message) => {
  expect(() => stateInstances("a.tfstate", text)).toThrow(message);
  expect(() => stateInstances("a.tfstate", text)).toThrow(SyntaxError);
});

test.each([
  [{ arn: "arn:other" }, 'is damaged in this state (arn: "arn:other" is no ARN of a repository)'],
  [{ tags_all: "x" }, "is damaged in this state (tags_all: "],
  [{ tags: { A: 1 } }, "is damaged in this state (tags.A: "],
  [{ image_tag_mutability: 7 }, "is damaged in this state (image_tag_mutability: "],
  [{ encryption_configuration: "AES256" }, "is damaged in this state (encryption_configuration: "],
  [{ image_scanning_configuration: [5] }, "is damaged in this state (image_scanning_configuration.0: "],
])("attributes of another shape are refused: %j", (attributes, message) => {
  const text = JSON.stringify(resource([{ attributes: { name: "a", arn: arn("a"), ...attributes } }]));

  expect(() => stateInstances("a.tfstate", text)).toThrow(`aws_ecr_repository.a ${message}`);
});

/** Resources of a provider configuration. */
const byProvider = (provider: string, type: string, name: string, ...all: readonly object[]) => ({
  ...managed(
    type,
    name,
    all.map((attributes, index) => instance(attributes, index)),
  ),
  provider,
});

/** Repositories with one name in two Regions and in two accounts, as a project with aliased providers has them. */
const everywhere = stateInstances(
  "all.tfstate",
  JSON.stringify({
    version: 4,
    resources: [
      byProvider("aws", "aws_ecr_repository", "main", { name: "web", arn: arn("web") }),
      byProvider("aws.far", "aws_ecr_repository", "far", { name: "web", arn: arn("web", "us-east-1") }),
      byProvider("aws.other", "aws_ecr_repository", "other", {
        ...{ name: "web", arn: arn("web").replace("111122223333", "999988887777") },
      }),
      byProvider("aws", "aws_ecr_lifecycle_policy", "main", { repository: "web", policy: "main" }),
      byProvider("aws.far", "aws_ecr_lifecycle_policy", "far", { repository: "web", policy: "far" }),
      byProvider("aws.other", "aws_ecr_lifecycle_policy", "other", { repository: "web", policy: "other" }),
      byProvider("aws", "aws_ecr_repository_policy", "six", {
        ...{ repository: "web", policy: "far", region: "us-east-1", registry_id: "111122223333" },
      }),
      byProvider("aws.far", "aws_ecr_registry_scanning_configuration", "far", { scan_type: "ENHANCED" }),
      byProvider("aws.other", "aws_ecr_registry_scanning_configuration", "other", { scan_type: "ENHANCED" }),
    ],
  }),
);

test("policies and settings are those of the same Region and account", () => {
  const main = stateRegistry(everywhere);
  const far = stateRegistry(everywhere, { region: "us-east-1" });
  const other = stateRegistry(everywhere, { accountId: "999988887777" });

  expect(main.repositories).toMatchObject([{ name: "web", lifecyclePolicy: "main" }]);
  expect(main.repositories[0]).not.toHaveProperty("policy");
  expect(main).not.toHaveProperty("scanning");
  expect(far.repositories).toMatchObject([{ lifecyclePolicy: "far", policy: "far" }]);
  expect(far.scanning?.scanType).toBe("ENHANCED");
  expect(other.repositories).toMatchObject([{ lifecyclePolicy: "other" }]);
  expect([other.accountId, other.region]).toEqual(["999988887777", "eu-west-1"]);
  expect(main.others.map(({ subject, text }) => `${subject}: ${text}`)).toMatchInlineSnapshot(`
    [
      "aws_ecr_repository.far[0]: it is in us-east-1: if it is a replica, the replicas layer owns it; else adopt the state again for that Region with --region us-east-1",
      "aws_ecr_repository.other[0]: it is in account 999988887777, so it is left out; adopt the state again into an environment of that account with --account 999988887777",
      "aws_ecr_registry_scanning_configuration.far[0]: it is in us-east-1: adopt the state again for that Region with --region us-east-1",
      "aws_ecr_registry_scanning_configuration.other[0]: it is in account 999988887777, so it is left out; adopt the state again into an environment of that account with --account 999988887777",
    ]
  `);
});

test("what is in another Region or account stays in its state", () => {
  const taken = { names: new Set(["web"]), accountId: "111122223333", adopted: { identity: {}, ecr: {} } };
  const addresses = (...regions: string[]) =>
    leaving(everywhere, { ...taken, regions: new Set(regions) }).map(({ address }) => address);

  expect(addresses("eu-west-1")).toEqual(["aws_ecr_lifecycle_policy.main[0]", "aws_ecr_repository.main[0]"]);
  expect(addresses("eu-west-1", "us-east-1")).toEqual([
    "aws_ecr_lifecycle_policy.main[0]",
    "aws_ecr_lifecycle_policy.far[0]",
    "aws_ecr_registry_scanning_configuration.far[0]",
    "aws_ecr_repository.main[0]",
    "aws_ecr_repository.far[0]",
    "aws_ecr_repository_policy.six[0]",
  ]);
});

test("an account or Region that has none has no repositories", () => {
  expect(stateRegistry(everywhere, { accountId: "555555555555" }).repositories).toEqual([]);
  expect(stateRegistry(everywhere, { region: "eu-north-1" }).repositories).toEqual([]);
});

test("an instance without attributes is none", () => {
  const text = JSON.stringify(resource([{}, { attributes: null }]));

  expect(stateInstances("a.tfstate", text)).toEqual([]);
});

test("only what is adopted leaves the old state", () => {
  const gone = leaving(instances, {
    ...{ names: new Set(["web", "other"]), regions: new Set(["eu-west-1"]) },
    adopted: { identity: {}, ecr: {} },
  });

  expect(removeCommands(gone)).toMatchInlineSnapshot(`
    [
      "# a.tfstate: in the directory of its configuration, after terraform init",
      "terraform state rm 'module.ecr["web"].aws_ecr_lifecycle_policy.this[0]'",
      "terraform state rm 'aws_ecr_replication_configuration.r'",
      "terraform state rm 'module.ecr["web"].aws_ecr_repository.this[0]'",
      "terraform state rm 'aws_ecr_repository.other["a'\\''b"]'",
    ]
  `);
  // Of aws_ecr_repository.other, one instance stays, so no block can name it.
  expect(removedBlocks(gone, instances)).toMatchInlineSnapshot(`
    "# a.tfstate: in its configuration

    removed {
      from = module.ecr.aws_ecr_lifecycle_policy.this

      lifecycle {
        destroy = false
      }
    }

    removed {
      from = aws_ecr_replication_configuration.r

      lifecycle {
        destroy = false
      }
    }

    removed {
      from = module.ecr.aws_ecr_repository.this

      lifecycle {
        destroy = false
      }
    }
    "
  `);
});

test("another version is refused", () => {
  expect(() => stateInstances("a", '{"version":3}')).toThrow(
    "this is no Terraform state of version 4 (its version is 3); write one with terraform state pull",
  );
});
