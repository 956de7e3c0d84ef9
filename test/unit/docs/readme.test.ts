import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { defineEnvironment } from "../../../environments/environment";
import { loadEnvironments } from "../../../environments/load";
import { totalOf } from "../../../scripts/ecr/cost/cost-line";
import { declaredCost } from "../../../scripts/ecr/cost/declared-cost";
import { judged } from "../../../scripts/review/gates/judged-report";
import { asText } from "../../../scripts/review/report/as-text";
import { guide } from "../../support/environments/guide";
import { reportBetween, stacksOf } from "../../support/review/edited-stacks";

const readme = readFileSync("README.md", "utf8");

test("the review in the README is what is printed for these changes of api-service", () => {
  const prod = (maxImageCount: number, ...allowedAccountIds: string[]) => ({
    "environments/prod.ts": defineEnvironment({
      ...{ name: "prod", project: "myproject", accountId: "987654321098", region: "us-east-1" },
      tier: "production",
      state: { backend: "s3", bucket: "myproject-prod-tfstate-987654321098" },
      ecr: {
        encryptionType: "KMS",
        repositories: {
          "api-service": {
            imageTagMutability: "IMMUTABLE",
            maxImageCount,
            ...{ enableCrossAccountAccess: true, allowedAccountIds },
            ...{ enableReplication: true, replicationDestinations: [{ region: "us-west-2" }] },
          },
        },
      },
    }),
  });
  const report = reportBetween(
    stacksOf(prod(100, "123456789012")),
    stacksOf(prod(30, "123456789012", "555555555555")),
  );
  const printed = asText(judged(report, { acknowledge: [], labels: [] }, []));
  const shown = readme.match(/^(?:Blocked: |BLOCKED by ).*$/gm) ?? [];

  expect(shown).toHaveLength(3);
  expect(shown.filter((line) => !printed.includes(line.replace(/ …$/, "")))).toEqual([]);
});

test("the monthly cost in the README is that of the shipped files", () => {
  const dollars = (lines: Parameters<typeof totalOf>[0]) => `$${totalOf(lines).most.toFixed(2)}`;
  const costs = loadEnvironments(guide).map((environment) => {
    const lines = declaredCost(environment);
    const network = lines.filter(({ part }) => part === "connectivity");
    return { name: environment.name, all: dollars(lines), network: dollars(network) };
  });
  const [, ...shown] =
    /dev costs about (\S+) and prod about (\S+) a\s+month .* NAT gateways are (\S+) and (\S+)\./s.exec(
      readme,
    ) ?? [];

  expect(shown).toEqual([...costs.map(({ all }) => all), ...costs.map(({ network }) => network)]);
});
