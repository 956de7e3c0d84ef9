import fc from "fast-check";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { pullTimeExclusionsOf } from "../../../../../environments/plan/pull-time-exclusions";
import { messageOf } from "../../../../support/environments/load-message";
import { minimal, only } from "../../../../support/environments/minimal";
import { runs } from "../../../../support/property-runs";

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const roles = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => role(`scanner-${from + index}`));

const excluding = (name: string, pullTimeExclusions: string[], change = {}) =>
  only({ ...minimal, name, ...change, ecr: { pullTimeExclusions } });

test.each([
  [role("scanner"), true],
  [role("security/trivy+snyk=1,2.3@x_y-z"), true],
  ["arn:aws:iam::444455556666:user/ci/scanner", true],
  ["arn:aws:iam::111122223333:role/*", false],
  ["arn:aws:iam::111122223333:root", false],
  ["arn:aws:sts::111122223333:assumed-role/scanner/session", false],
  ["arn:aws-cn:iam::111122223333:role/scanner", false],
  [role(`${"p".repeat(201 - role("/x").length)}/x`), false],
  [role(`${"p".repeat(200 - role("/x").length)}/x`), true],
])("a principal such as %s is excluded as the API allows it", (principal, valid) => {
  expect(messageOf(excluding("blue", [principal])) === "").toBe(valid);
});

test("fails when a file excludes a principal twice", () => {
  expect(messageOf(excluding("blue", [role("a"), role("a")]))).toBe(
    `environments/blue.ts: ecr.pullTimeExclusions[1]: found "${role("a")}"; this principal is listed twice; remove it here`,
  );
});

test("fails when the environments of a registry exclude too many together, with all files named", () => {
  const definitions = (region: string) => ({
    ...excluding("blue", roles(0, 60)),
    ...excluding("green", roles(50, 101), { region }),
    ...excluding("grey", []),
  });

  expect(messageOf(definitions("eu-west-1"))).toBe(
    'environments/green.ts: ecr.pullTimeExclusions: found "51 principals"; a registry excludes at most 100 principals, and environments/blue.ts, environments/green.ts exclude 101 for the same account and Region; remove some',
  );
  expect(messageOf(definitions("eu-central-1"))).toBe("");
  expect(messageOf({ ...excluding("blue", roles(0, 60)), ...excluding("green", roles(50, 100)) })).toBe("");
});

test.each(["5.100.0", "6.25.0", "6.27.9"])("fails when an exclusion meets provider %s", (version) => {
  expect(messageOf(excluding("blue", [role("a")]), version)).toBe(
    `environments/blue.ts: ecr.pullTimeExclusions: found ["${role("a")}"]; pull-time update exclusions require AWS provider 6.28.0, and the configured version is ${version}; remove this option, or raise awsProviderVersion`,
  );
});

test("a registry excludes every principal of its files once, whatever the order of files and entries", () => {
  const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 5 });
  fc.assert(
    fc.property(names, names, (blue, green) => {
      const environments = loadEnvironments({
        ...excluding("blue", blue.map(role)),
        ...excluding("green", green.map(role)),
      });
      const found = pullTimeExclusionsOf(environments);

      expect(found.map(({ principalArn }) => principalArn)).toEqual(
        [...new Set([...blue, ...green])].toSorted().map(role),
      );
      expect(found).toHaveLength(pullTimeExclusionsOf(environments.toReversed()).length);
      for (const { principalArn, requests } of found)
        expect(requests.map(({ file }) => file)).toEqual([
          ...(blue.map(role).includes(principalArn) ? ["environments/blue.ts"] : []),
          ...(green.map(role).includes(principalArn) ? ["environments/green.ts"] : []),
        ]);
    }),
    { numRuns: runs(100) },
  );
});
