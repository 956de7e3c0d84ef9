import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defineEnvironment } from "../../../../environments/environment";
import { loadEnvironments } from "../../../../environments/load";
import { optionsOf } from "../../../../scripts/init/answered-options";
import { type Answers, fileOf } from "../../../../scripts/init/answers";
import { constantName } from "../../../../scripts/init/constant-name";
import { environmentText } from "../../../../scripts/init/environment-text";
import { surroundingsOf } from "../../../../scripts/init/surroundings";
import { runs } from "../../../support/property-runs";
import { validAnswers } from "./valid-answers";

const shop: Answers = {
  ...{ project: "shop", name: "staging", tier: "development" },
  ...{ accountId: "123456789012", region: "eu-west-1", repositories: ["web-app", "worker"] },
};

/** What the file passes to `defineEnvironment`. */
const given = (text: string): Parameters<typeof defineEnvironment>[0] =>
  new Function("defineEnvironment", text.replace(/^import .*$/m, "").replace(/export const \w+ =/, "return"))(
    (options: unknown) => options,
  );

const load = (answers: Answers, text: string) =>
  loadEnvironments({ [fileOf(answers.name)]: defineEnvironment(given(text)) });

describe("the text of a new environment", () => {
  test("it is the file that a user would write", () => {
    expect(environmentText(shop, "staging", surroundingsOf(shop, {}))).toMatchInlineSnapshot(`
      "import { defineEnvironment } from "./environment";

      export const staging = defineEnvironment({
        name: "staging",
        project: "shop",
        accountId: "123456789012",
        region: "eu-west-1",
        tier: "development",
        state: { backend: "s3", bucket: "shop-staging-tfstate-123456789012" },
        // Tags of every resource:
        // tags: { Team: "platform" },
        ecr: {
          // "KMS" uses a key of this environment. ECR cannot change the encryption of a repository later.
          encryptionType: "AES256",
          // Scan findings in CloudWatch Logs, and a dashboard that counts them; AWS bills both:
          // enableScanFindingsLogging: true, enableDashboard: true,
          // Messages about findings, to an SNS topic:
          // alerts: { severities: ["CRITICAL", "HIGH"] },
          repositories: {
            "web-app": {
              imageTagMutability: "MUTABLE",
              scanOnPush: true,
              maxImageCount: 50,
              // untaggedExpiryDays: 7,
              // enableLambdaPull: true,
              // enableCrossAccountAccess: true, allowedAccountIds: ["111122223333"],
              // enableReplication: true, replicationDestinations: [{ region: "us-west-2" }],
            },
            worker: {
              imageTagMutability: "MUTABLE",
              scanOnPush: true,
              maxImageCount: 50,
            },
          },
        },
        // To run the images, add network and ecs, lambda or eks. Every option: docs/reference/options.md
      });
      "
    `);
  });

  test("the schema accepts it for all valid answers, and it has the options that were checked", () => {
    fc.assert(
      fc.property(validAnswers, (answers) => {
        const text = environmentText(answers, "one", surroundingsOf(answers, {}));

        expect(() => load(answers, text)).not.toThrow();
        expect(given(text)).toEqual(optionsOf(answers, surroundingsOf(answers, {})));
      }),
      { numRuns: runs(500) },
    );
  });

  test("each option in a comment is valid when it is uncommented", () => {
    fc.assert(
      fc.property(validAnswers, (answers) => {
        const text = environmentText(answers, "one", surroundingsOf(answers, {}));
        const options = text.match(/^ *\/\/ [a-zA-Z]+: .*,$/gm) ?? [];
        for (const option of options)
          expect(() => load(answers, text.replace(option, option.replace("// ", ""))), option).not.toThrow();
        expect(options.length).toBeGreaterThan(answers.repositories.length === 0 ? 1 : 5);
      }),
      { numRuns: runs(200) },
    );
  });
});

/** One start of Biome for many files. */
describe("Biome", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "init-text-"));
    const { vcs: _, files: __, $schema: ___, ...settings } = JSON.parse(readFileSync("biome.json", "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify(settings));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("it changes no file", () => {
    const samples = fc.sample(validAnswers, runs(300));
    const longest = { ...shop, project: "p".repeat(30), name: "n".repeat(12) };
    // Of the second, the state is in the bucket of another environment, with all its options.
    const state = {
      ...{ backend: "s3" as const, bucket: "shop-bucket", region: "us-east-1" },
      kmsKeyArn: `arn:aws:kms:us-east-1:${shop.accountId}:key/12345678-1234-1234-1234-123456789012`,
    };
    const other = optionsOf({ ...shop, project: "other" }, { state, enhancedScanning: true });
    const beside = (index: number) =>
      index === 1 ? { "environments/other.ts": defineEnvironment(other) } : {};
    const written = [shop, shop, longest, ...samples].map((answers, index) => {
      const path = join(folder, `${index}.ts`);
      const text = environmentText(
        answers,
        constantName(answers.name, new Set()),
        surroundingsOf(answers, beside(index)),
      );
      writeFileSync(path, text);
      return { path, text };
    });

    execFileSync(join(process.cwd(), "node_modules/.bin/biome"), ["check", "--write", "."], { cwd: folder });

    for (const { path, text } of written) expect(readFileSync(path, "utf8")).toBe(text);
  });
});
