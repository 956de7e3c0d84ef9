import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { literalEnvironment } from "../../../../environments/plan/literal-environment";
import { SecurityLayer } from "../../../../layers/security/security-layer";
import { minimal, only } from "../../../support/environments/minimal";
import { bareApp } from "../../../support/synth";

test("an environment without anything that looks like an expression stays the same object", () => {
  const [environment] = loadEnvironments(only(minimal));

  expect(environment && literalEnvironment(environment)).toBe(environment);
});

test("a layer does not compile with the texts of a file as they are", () => {
  const [environment] = loadEnvironments(only(minimal));
  if (environment === undefined) throw new Error("no environment");

  // @ts-expect-error the layer takes a LiteralEnvironment
  expect(new SecurityLayer(bareApp(), environment)).toBeDefined();
});
