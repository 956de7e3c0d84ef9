import { expect, test } from "vitest";
import { CreationTemplateOptions } from "../../../../environments/options/creation-template";
import { EcrOptions } from "../../../../environments/options/ecr";
import { RepositoryOptions } from "../../../../environments/options/repository";
import { signingAdvice } from "../../../../environments/options/signing";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";

test.each([
  "sign",
  "signing",
  "signingConfiguration",
  "signing_configuration",
  "managedSigning",
  "imageSigning",
  "enableSigning",
  "signImages",
  "sign_images",
  "signer",
  "signerProfile",
  "signatures",
])("fails when a file has %s, with the reason", (option) => {
  const reason =
    'no released AWS provider can set ECR\'s signing configuration, so there is no option for it; remove it, and see "No option for managed signing yet" in docs/explanation/decisions/0025-no-option-for-managed-signing-yet.md';
  const ecr = { [option]: true, repositories: { app: { [option]: true } } };

  expect(messageOf(only({ ...minimal, ecr: ecr as never }))).toBe(
    [
      `environments/test.ts: ecr.repositories.app.${option}: found true; ${reason}`,
      `environments/test.ts: ecr.${option}: found true; ${reason}`,
    ].join("\n"),
  );
});

test.each(["design", "assign", "signal", "unsigned"])(
  "the option %s is an unknown one like others",
  (option) => {
    expect(messageOf(only({ ...minimal, ecr: { [option]: true } as never }))).toContain(
      "this option does not exist",
    );
  },
);

test("no option that exists is refused", () => {
  const names = [EcrOptions, RepositoryOptions, CreationTemplateOptions].flatMap(({ shape }) =>
    Object.keys(shape),
  );

  expect(names.filter((name) => signingAdvice(name) !== undefined)).toEqual([]);
});
