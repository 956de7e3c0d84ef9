import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { describe, expect, test } from "vitest";
import { EcrModule } from "../../../../modules/ecr/ecr-module";
import type { EcrModuleProps } from "../../../../modules/ecr/ecr-module-props";
import { keepNewest } from "../../../../modules/ecr/lifecycle/lifecycle-policy";
import { own, RepositoryStack, region } from "../../../support/ecr/repository-stack";

const other = "210987654321";

/** A stack of CDKTF itself, with a provider of these arguments. */
function stackWith(provider: AwsProviderConfig) {
  const stack = new TerraformStack(new App(), "test");
  new AwsProvider(stack, "aws", provider);
  return stack;
}

interface Written {
  readonly data?: Record<string, Record<string, object>>;
  readonly resource: Record<string, Record<string, { readonly policy: string }>>;
}

const written = (stack: TerraformStack): Written => JSON.parse(Testing.synth(stack));

/** The one repository policy of a stack, as text. */
const policyOf = (stack: TerraformStack) =>
  Object.values(written(stack).resource["aws_ecr_repository_policy"] ?? {}).map(({ policy }) => policy)[0] ??
  "";

const message = (props: EcrModuleProps): string => {
  try {
    new EcrModule(new RepositoryStack(), "web", props);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a repository with a name only", () => {
  const stack = new RepositoryStack();
  stack.repository("acme-app");

  test("is immutable, scanned on push, encrypted and protected", () => {
    expect(stack.resources("aws_ecr_repository")).toMatchObject([
      {
        name: "acme-app",
        encryption_configuration: [{ encryption_type: "AES256" }],
        image_scanning_configuration: { scan_on_push: true },
        image_tag_mutability: "IMMUTABLE",
        lifecycle: { prevent_destroy: true },
      },
    ]);
  });

  test("does not have the argument that AWS does not know, which would change every import", () => {
    expect(stack.resources("aws_ecr_repository")[0]).not.toHaveProperty("force_delete");
  });

  test("keeps its newest 100 images", () => {
    expect(stack.resources("aws_ecr_lifecycle_policy")).toMatchObject([{ policy: keepNewest(100) }]);
  });

  test("has its defaults also where a property is undefined", () => {
    const given = { imageTagMutability: undefined, encryption: undefined, preventDestroy: undefined };
    const undefinedStack = new RepositoryStack();
    undefinedStack.repository("acme-app", given as unknown as Partial<EcrModuleProps>);

    expect(written(undefinedStack)).toEqual(written(stack));
  });

  test("reads nothing from AWS", () => {
    expect(written(stack).data).toBeUndefined();
  });
});

describe("the lifecycle policy", () => {
  const policyFor = (lifecyclePolicy: NonNullable<EcrModuleProps["lifecyclePolicy"]>) => {
    const stack = new RepositoryStack();
    stack.repository("acme-app", { lifecyclePolicy });
    return stack.resources("aws_ecr_lifecycle_policy")[0]?.["policy"];
  };

  test("is composed of options", () => {
    const policy = policyFor({
      protectedTags: ["release-*"],
      untaggedExpiryDays: 14,
      lifecycleRules: [
        {
          selection: {
            tagStatus: "tagged",
            tagPatternList: ["pr-*"],
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: 7,
          },
        },
      ],
    });

    expect(JSON.parse(policy ?? "").rules.map(describeRule)).toEqual([
      "1 tagged release-* expire",
      "2 tagged pr-* expire",
      "3 untagged expire",
    ]);
  });

  test("is written as it is when it is text", () => {
    expect(policyFor('{"rules": [ ]}')).toBe('{"rules": [ ]}');
  });
});

interface WrittenRule {
  readonly rulePriority: number;
  readonly selection: { readonly tagStatus: string; readonly tagPatternList?: readonly string[] };
  readonly action: { readonly type: string };
}

const describeRule = ({ rulePriority, selection, action }: WrittenRule) =>
  [rulePriority, selection.tagStatus, ...(selection.tagPatternList ?? []), action.type].join(" ");

test("fails when arguments are wrong, and names all of them", () => {
  const found = message({
    name: "Web",
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    encryption: { type: "KMS", kmsKeyArn: "alias/ecr" },
    lifecyclePolicy: {
      maxImageCount: 0,
      lifecycleRules: [
        { selection: { tagStatus: "tagged", countType: "imageCountMoreThan", countNumber: 1 } },
      ],
    },
  });

  expect(found).toMatchInlineSnapshot(`
    "test/web: name: found "Web"; no ECR repository can have the name "Web"; use the full name without the registry, for example "team/tool"
    test/web: encryption.kmsKeyArn: found "alias/ecr"; this must be the ARN of a KMS key, not an ID or an alias; use arn:aws:kms:<region>:<account>:key/<id>
    test/web: imageTagMutabilityExclusionFilters: found []; IMMUTABLE_WITH_EXCLUSION needs a filter; add one, or use IMMUTABLE
    test/web: lifecyclePolicy.maxImageCount: found 0; a count is a whole number from 1 to 2147483647; use a number such as 30
    test/web: lifecyclePolicy.lifecycleRules[0].selection.tagPatternList: found nothing; a tagged rule needs exactly one of tagPatternList and tagPrefixList; set one of them"
  `);
});

test("fails when the mode has no filters", () => {
  expect(message({ name: "web", imageTagMutabilityExclusionFilters: ["dev-*"] })).toMatchInlineSnapshot(
    `"test/web: imageTagMutabilityExclusionFilters: found ["dev-*"]; only a mode that ends in _WITH_EXCLUSION has filters; use IMMUTABLE_WITH_EXCLUSION"`,
  );
});

test("fails when there are too many filters or a filter is no pattern", () => {
  const props = { name: "web", imageTagMutability: "MUTABLE_WITH_EXCLUSION" } as const;

  expect(
    message({ ...props, imageTagMutabilityExclusionFilters: ["a", "b", "c", "d", "e", "f"] }),
  ).toMatchInlineSnapshot(
    `"test/web: imageTagMutabilityExclusionFilters: found ["a","b","c","d","e","f"]; a repository has up to 5 filters; use fewer"`,
  );
  expect(message({ ...props, imageTagMutabilityExclusionFilters: ["v1", "a b"] })).toMatchInlineSnapshot(
    `"test/web: imageTagMutabilityExclusionFilters[1]: found "a b"; a filter has 1 to 128 letters, digits, ".", "_", "-" or "*"; use a tag or a pattern such as "dev-*""`,
  );
});

test("a name and a key that are unknown until deploy are accepted", () => {
  const stack = new RepositoryStack();
  const variable = (id: string) => new TerraformVariable(stack, id, { type: "string" }).stringValue;
  const [name, kmsKeyArn] = [variable("name"), variable("key")];
  new EcrModule(stack, "web", { name, encryption: { type: "KMS", kmsKeyArn } });

  expect(stack.resources("aws_ecr_repository")).toMatchObject([
    { name: "${var.name}", encryption_configuration: [{ kms_key: "${var.key}" }] },
  ]);
});

describe("account and Region", () => {
  test("are those of the provider's arguments", () => {
    const stack = stackWith({ region: "cn-north-1", allowedAccountIds: [own] });
    const web = new EcrModule(stack, "web", { name: "web" });
    web.grantPullToAccount(other);
    web.grantPullToLambda();
    const [pull] = web.grantPull({ roleArn: `arn:aws-cn:iam::${own}:role/ci` }).slice(1);

    expect(pull?.Resource).toEqual([`arn:aws-cn:ecr:cn-north-1:${own}:repository/web`]);
    expect(policyOf(stack)).toContain(`arn:aws-cn:iam::${other}:root`);
    expect(policyOf(stack)).toContain(`arn:aws-cn:lambda:cn-north-1:${own}:function:*`);
    expect(written(stack).data).toBeUndefined();
  });

  test("are read from AWS where a grant needs them and the provider does not tell", () => {
    const stack = stackWith({});
    const web = new EcrModule(stack, "web", { name: "web" });
    const api = new EcrModule(stack, "api", { name: "api" });
    for (const repository of [web, api]) repository.grantPullToLambda();
    web.grantPull({ roleName: "task" });

    expect(Object.keys(written(stack).data ?? {}).toSorted()).toEqual([
      "aws_caller_identity",
      "aws_partition",
      "aws_region",
    ]);
    expect(policyOf(stack)).toMatch(
      /arn:\$\{data\.aws_partition\.\w+\.partition\}:lambda:\$\{data\.aws_region\.\w+\.id\}:\$\{data\.aws_caller_identity\.\w+\.account_id\}:function:\*/,
    );
    const [role] = Object.values(written(stack).resource["aws_iam_role_policy"] ?? {});
    expect(role?.policy).toMatch(
      /arn:\$\{data\.aws_partition\.\w+\.partition\}:ecr:\$\{data\.aws_region\.\w+\.id\}:\$\{data\.aws_caller_identity\.\w+\.account_id\}:repository\/web/,
    );
  });

  test("of a repository with a provider of its own are that provider's", () => {
    const stack = stackWith({ region, allowedAccountIds: [own] });
    const provider = new AwsProvider(stack, "far", { alias: "far", region: "us-west-2" });
    new EcrModule(stack, "web", { name: "web", provider }).grantPullToLambda();

    expect(policyOf(stack)).toMatch(
      /arn:aws:lambda:us-west-2:\$\{data\.aws_caller_identity\.\w+\.account_id\}:function:\*/,
    );
    expect(Object.values(written(stack).data?.["aws_caller_identity"] ?? {})).toEqual([
      expect.objectContaining({ provider: "aws.far" }),
    ]);
  });

  test("fails when only the account would tell which side of a grant a role needs", () => {
    const web = new EcrModule(stackWith({ region }), "web", { name: "web" });

    expect(() =>
      web.grantPull({ roleArn: `arn:aws:iam::${own}:role/ci` }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[Error: test/web: found the role arn:aws:iam::111122223333:role/ci; only its account tells whether the repository policy must allow it, and the account that the stack deploys to is unknown at synth; pass accountId to EcrModule, or set allowedAccountIds of the AWS provider to that account]`,
    );
  });

  test("given to the module count", () => {
    const stack = stackWith({});
    const web = new EcrModule(stack, "web", { name: "web", accountId: own, region });
    web.grantPull({ roleArn: `arn:aws:iam::${other}:role/ci` });

    expect(written(stack).data).toBeUndefined();
    expect(policyOf(stack)).toContain(`arn:aws:iam::${other}:role/ci`);
  });
});

describe("the URI of an image", () => {
  const stack = new RepositoryStack();
  const web = EcrModule.fromName(stack, "web", { name: "web", accountId: own, region });
  const digest = `sha256:${"0a".repeat(32)}`;

  test("has the tag or the digest", () => {
    expect(web.imageUriForTag("v1.2.3")).toBe(`${own}.dkr.ecr.${region}.amazonaws.com/web:v1.2.3`);
    expect(web.imageUriForDigest(digest)).toBe(`${own}.dkr.ecr.${region}.amazonaws.com/web@${digest}`);
  });

  test("of a repository in the stack refers to it", () => {
    const app = stack.repository("acme-app");

    expect(app.imageUriForTag("v1")).toBe(`${app.repositoryUrl}:v1`);
  });

  test("may have a tag that is unknown until deploy", () => {
    const tag = new TerraformVariable(stack, "tag", { type: "string" }).stringValue;

    expect(web.imageUriForTag(tag)).toBe(`${web.repositoryUrl}:${tag}`);
  });

  test("fails when no image can have the tag or the digest", () => {
    expect(() => web.imageUriForTag("-v1")).toThrowErrorMatchingInlineSnapshot(
      `[Error: test/web: found "-v1"; a tag has 1 to 128 letters, digits, ., _ and - and does not start with . or -; use a tag such as v1.2.3]`,
    );
    expect(() => web.imageUriForDigest("sha256:0a")).toThrowErrorMatchingInlineSnapshot(
      `[Error: test/web: found "sha256:0a"; a digest is sha256: and 64 hexadecimal digits; use the digest that docker push or aws ecr describe-images prints]`,
    );
  });
});
