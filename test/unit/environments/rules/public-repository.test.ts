import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import type { EcrInput } from "../../../support/environments/one-repository";

type PublicRepositories = NonNullable<EcrInput["publicRepositories"]>;

const having = (publicRepositories: PublicRepositories, change: Partial<EnvironmentInput> = {}) =>
  only({ ...minimal, ...change, ecr: { ...change.ecr, publicRepositories } });

test("a public repository needs no option, and takes catalog data of any Unicode text", () => {
  const texts = { description: "Gerät 🐳", aboutText: "a".repeat(10_240), usageText: "```sh\n${HOME}\n```" };
  const others = { architectures: ["RISC-V"], operatingSystems: ["Plan 9"] };

  expect(loadEnvironments(having({ cli: {}, "tools/cli": { ...texts, ...others } }))).toHaveLength(1);
});

test.each([
  ["c", undefined],
  ["Cli", /only lowercase letters and digits/],
  ["cli-", /only lowercase letters and digits/],
  ["a--b", /only lowercase letters and digits/],
  ["a/b_c.d-e", undefined],
  ["a".repeat(205 - "acme-test-".length), undefined],
  ["a".repeat(206 - "acme-test-".length), /2 to 205 characters/],
])("of the name %s, the rules of ECR Public decide", (name, message) => {
  const found = messageOf(having({ [name]: {} }));

  if (message === undefined) expect(found).toBe("");
  else expect(found).toMatch(message);
});

test("fails when catalog data is empty, too long or listed twice", () => {
  const definitions = having({
    cli: {
      description: "d".repeat(1025),
      aboutText: " ",
      usageText: "u".repeat(10_241),
      architectures: ["x86", "x86", " ARM"],
      operatingSystems: ["o".repeat(51)],
    },
  });

  expect(messageOf(definitions).replace(/([duo])\1{20,}/g, "$1…")).toMatchInlineSnapshot(`
    "environments/test.ts: ecr.publicRepositories.cli.aboutText: found " "; this is text; remove it or write some
    environments/test.ts: ecr.publicRepositories.cli.architectures[2]: found " ARM"; an architecture has 1 to 50 characters, without spaces around them; use a name such as x86-64
    environments/test.ts: ecr.publicRepositories.cli.architectures[1]: found "x86"; this architecture is listed twice; remove it here
    environments/test.ts: ecr.publicRepositories.cli.operatingSystems[0]: found "o…"; an operating system has 1 to 50 characters, without spaces around them; use a name such as Linux
    environments/test.ts: ecr.publicRepositories.cli.description: found "d……; this has 1025 characters, and at most 1024 are allowed; shorten it
    environments/test.ts: ecr.publicRepositories.cli.usageText: found "u……; this has 10241 characters, and at most 10240 are allowed; shorten it"
  `);
});

test.each(["cn-north-1", "us-gov-west-1"])(
  "fails in %s, whose accounts have no public registry",
  (region) => {
    expect(messageOf(having({ cli: {} }, { region }))).toBe(
      'environments/test.ts: ecr.publicRepositories: found ["cli"]; Amazon ECR Public is available only to accounts of the commercial Regions; declare them in an environment there',
    );
  },
);

test("fails when production deletes public images with their repository", () => {
  const production: Partial<EnvironmentInput> = {
    tier: "production",
    state: { backend: "s3", bucket: "acme-tfstate" },
    ecr: { encryptionType: "KMS" },
  };

  expect(messageOf(having({ cli: { forceDelete: true } }, production))).toMatchInlineSnapshot(
    `"environments/test.ts: ecr.publicRepositories.cli.forceDelete: found true; production images must not be deleted with their repository; remove forceDelete, or state the reason in productionExceptions with rule: "no-force-delete""`,
  );
});

test("fails when a role pushes to an unknown public repository, and not when it pushes to one that exists", () => {
  const push = (publicRepositories: string[]) =>
    having(
      { cli: {} },
      {
        security: {
          ci: { push: { app: { publicRepositories, trust: [{ github: "acme/cli", branch: "main" }] } } },
        },
      },
    );

  expect(messageOf(push(["cil"]))).toMatchInlineSnapshot(
    `"environments/test.ts: security.ci.push.app.publicRepositories[0]: found "cil"; ecr.publicRepositories has no repository with this name; choose from cli"`,
  );
  expect(messageOf(push([]))).toMatchInlineSnapshot(
    `"environments/test.ts: security.ci.push.app.repositories: found [] (the default); a role needs a repository to push to; add its short name"`,
  );
  expect(messageOf(push(["cli"]))).toBe("");
});
