import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { minimal, only } from "../../../support/environments/minimal";

const warnings = (architectures: string[], operatingSystems: string[]) =>
  warningsOf(
    loadEnvironments(
      only({ ...minimal, ecr: { publicRepositories: { cli: { architectures, operatingSystems } } } }),
    ),
  );

test("synth warns of catalog data that the gallery does not show", () => {
  expect(warnings(["x86-64", "arm64"], ["linux"])).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.publicRepositories.cli.architectures[1]: The gallery does not show "arm64"; it shows ARM, ARM 64, x86, x86-64. [catalog-data-not-shown]",
      "environments/test.ts: ecr.publicRepositories.cli.operatingSystems[0]: The gallery does not show "linux"; it shows Linux, Windows. [catalog-data-not-shown]",
    ]
  `);
});

test("synth does not warn of what the gallery shows", () => {
  expect(warnings(["ARM", "ARM 64", "x86", "x86-64"], ["Linux", "Windows"])).toEqual([]);
});
