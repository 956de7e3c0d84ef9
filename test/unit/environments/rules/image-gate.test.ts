import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { gateRulesOf, namedImages, uncheckedImages } from "../../../../environments/plan/image-gate";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { withService } from "../../../support/environments/one-service";

type Gate = NonNullable<EnvironmentInput["imageGate"]>;

const digest = `sha256:${"a".repeat(64)}`;
const exception = { digest, check: "findings", reason: "Not reachable.", expires: "2027-01-31" } as const;
const having = (imageGate: Gate) =>
  only({
    ...minimal,
    ecr: { repositories: { app: {}, tool: {} }, pullThroughCache: { quay: { upstream: "quay" } } },
    imageGate,
  });

test("a gate without options checks the architecture alone", () => {
  const [environment] = loadEnvironments(having({}));

  expect(environment?.imageGate).toEqual({
    ...{ requireSignature: false, requireArchitecture: true, repositories: {} },
    ...{ uncheckedAccounts: [], exceptions: [] },
  });
});

test("a repository can have rules of its own, and keeps the others", () => {
  const [environment] = loadEnvironments(
    having({ severity: "HIGH", repositories: { app: { requireSignature: true, severity: "LOW" } } }),
  );
  const gate = environment?.imageGate;
  if (gate === undefined) throw new Error("no gate");

  expect(gateRulesOf(gate, "app")).toEqual({
    ...{ severity: "LOW", maxAgeDays: undefined, requireSignature: true, requireArchitecture: true },
  });
  expect(gateRulesOf(gate, "tool")).toMatchObject({ severity: "HIGH", requireSignature: false });
  expect(gateRulesOf(gate, "toString")).toMatchObject({ severity: "HIGH" });
});

test("fails when the gate checks nothing", () => {
  expect(messageOf(having({ requireArchitecture: false }))).toMatchInlineSnapshot(
    `"environments/test.ts: imageGate: found {"requireSignature":false,"requireArchitecture":false,"repositories":{},"uncheckedAccounts":[],"exceptions":[]}; the gate checks nothing; add severity, maxAgeDays or requireSignature, or remove imageGate"`,
  );
});

test("fails when the gate names a repository that the environment lacks, or a cache without an image", () => {
  const repositories = { appp: {}, quay: {}, "quay/argoproj/argocd": {} };

  expect(messageOf(having({ repositories }))).toMatchInlineSnapshot(`
    "environments/test.ts: imageGate.repositories.appp: found "appp"; ecr.repositories has no repository with this name; did you mean "app"?
    environments/test.ts: imageGate.repositories.quay: found "quay"; "quay" is a cache, not an image; add the path of the image after it"
  `);
});

test("fails when a consumer runs an image of another account, unless the file accepts that nobody checks it", () => {
  const repository = "444455556666.dkr.ecr.eu-west-1.amazonaws.com/team/app";
  const running = (uncheckedAccounts: string[]) =>
    withService({ image: { repository, digest } }, { imageGate: { uncheckedAccounts } });

  expect(messageOf(running([]))).toMatchInlineSnapshot(
    `"environments/test.ts: ecs.services.web.image.repository: found "444455556666.dkr.ecr.eu-west-1.amazonaws.com/team/app"; imageGate cannot read scans, signatures and dates in the registry of 444455556666; copy the image to a repository of ecr.repositories, or add "444455556666" to imageGate.uncheckedAccounts"`,
  );
  expect(messageOf(running(["444455556666", "555566667777"]))).toMatchInlineSnapshot(
    `"environments/test.ts: imageGate.uncheckedAccounts[1]: found "555566667777"; no consumer runs an image of this account; remove it"`,
  );
  const [environment] = loadEnvironments(running(["444455556666"]));
  if (environment === undefined) throw new Error("no environment");
  expect(namedImages(environment)).toEqual([]);
  expect(uncheckedImages(environment)).toEqual([`${repository}@${digest}`]);
});

test("fails when an exception is listed twice, has a finding of another check, or lacks a day or a reason", () => {
  const exceptions = [
    exception,
    exception,
    { ...exception, check: "age", finding: "CVE-1" } as const,
    { ...exception, finding: "CVE-1", expires: "2027-02-30" },
    { ...exception, finding: "CVE-2", reason: "why" },
    { ...exception, finding: "CVE-3", digest: "v1.2.3" },
  ];

  expect(messageOf(having({ exceptions }))).toMatchInlineSnapshot(`
    "environments/test.ts: imageGate.exceptions[3].expires: found "2027-02-30"; a date has the form YYYY-MM-DD and is a day of the calendar; use a date such as 2027-01-31
    environments/test.ts: imageGate.exceptions[4].reason: found "why"; an exception from the gate needs a reason; write a sentence
    environments/test.ts: imageGate.exceptions[5].digest: found "v1.2.3"; a digest is sha256: and 64 hexadecimal digits; use the digest that docker push or aws ecr describe-images prints
    environments/test.ts: imageGate.exceptions[1]: found "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; exceptions[0] already contains this exception; remove one of the two
    environments/test.ts: imageGate.exceptions[2].finding: found "CVE-1"; only the check "findings" has findings; set check: "findings" or remove finding"
  `);
});
