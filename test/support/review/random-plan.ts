import fc from "fast-check";
import type { AttributePath, ResourceChange, TerraformPlan } from "../../../scripts/review/terraform-plan";

/** A plan, and every text in it that nobody may see. */
export interface PlanWithSecrets {
  readonly plan: TerraformPlan;
  readonly secrets: readonly string[];
}

/** A value with the marks of its sensitive parts, the secrets in them, and the paths to its parts. */
interface Marked {
  readonly value: unknown;
  readonly marks: unknown;
  readonly secrets: readonly string[];
  readonly paths: readonly AttributePath[];
}

/** Arguments that the rules of the review read, and others. */
const argumentNames = [
  ...["name", "repository", "bucket", "description", "policy", "assume_role_policy", "tags", "key_id"],
  ...["encryption_configuration", "image_tag_mutability", "policy_document", "secret_arn", "rule", "role"],
];

const types = [
  ...["aws_ecr_repository", "aws_ecr_lifecycle_policy", "aws_ecr_repository_policy", "aws_kms_key"],
  ...["aws_secretsmanager_secret", "aws_iam_role", "aws_iam_role_policy", "aws_s3_bucket", "aws_instance"],
  ...["aws_ecr_registry_scanning_configuration", "aws_ecr_replication_configuration"],
];

/** No other text of a plan begins like this, so a search for it finds no other. */
const secret = fc.stringMatching(/^zq[0-9a-f]{10}$/);

const document = (text: string): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: text, Action: text, Resource: text }] });

/** Sensitive as a whole: a text, a document, a list, or an object of which even the keys are secret. */
const sensitive: fc.Arbitrary<Marked> = fc
  .tuple(secret, fc.constantFrom("text", "document", "list", "object"))
  .map(([text, shape]) => ({
    value: { text, document: document(text), list: [text, { [text]: text }], object: { [text]: [text] } }[
      shape
    ],
    marks: true,
    secrets: [text],
    paths: [[], [text], [0], [1, text]],
  }));

const visible: fc.Arbitrary<Marked> = fc
  .constantFrom<unknown>("shown", 7, true, null, document("shown"))
  .map((value) => ({ value, marks: false, secrets: [], paths: [[]] }));

/** A secret that only its form gives away. */
const unmarked: fc.Arbitrary<Marked> = fc
  .tuple(
    fc.stringMatching(/^[A-Z2-7]{16}$/),
    fc.stringMatching(/^[A-Za-z0-9]{36}$/),
    fc.stringMatching(/^[A-Za-z0-9/+]{40}$/),
    fc.nat(9),
  )
  .map(([id, token, key, form]) => {
    const [value, inside] = [
      [`AKIA${id}`, `AKIA${id}`],
      [`ghp_${token}`, `ghp_${token}`],
      [`x ghp_${token} y`, `ghp_${token}`],
      [document(`ghp_${token}`), `ghp_${token}`],
      [`https://user:${token}@example.com/`, token],
      [`SECRET_ACCESS_KEY=${key}`, key],
      [`-----BEGIN RSA PRIVATE KEY-----\n${key}\n-----END RSA PRIVATE KEY-----`, key],
      [["run", "--password", token], token],
      [JSON.stringify([{ command: ["run", "--db-password", token] }]), token],
      [`run --auth-token ${token} --verbose`, token],
    ][form] as [unknown, string];
    return { value, marks: false, secrets: [inside], paths: [[]] };
  });

const { value: marked } = fc.letrec<{ value: Marked }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    ...[visible, sensitive, unmarked],
    fc.array(tie("value"), { maxLength: 3 }).map((parts) =>
      container(
        parts,
        parts.map((_, index) => index),
      ),
    ),
    fc
      .dictionary(fc.constantFrom(...argumentNames), tie("value"), { maxKeys: 4 })
      .map((parts) => container(Object.values(parts), Object.keys(parts))),
  ),
}));

function container(parts: readonly Marked[], keys: readonly (string | number)[]): Marked {
  const assembled = (of: (part: Marked) => unknown) =>
    keys.every((key) => typeof key === "number")
      ? parts.map(of)
      : Object.fromEntries(parts.map((part, index) => [keys[index], of(part)]));
  return {
    value: assembled(({ value }) => value),
    marks: assembled(({ marks }) => marks),
    secrets: parts.flatMap(({ secrets }) => secrets),
    paths: [[], ...parts.flatMap(({ paths }, index) => paths.map((path) => [keys[index] ?? 0, ...path]))],
  };
}

const side = fc
  .dictionary(fc.constantFrom(...argumentNames), marked, { minKeys: 1, maxKeys: 5 })
  .map((parts) => container(Object.values(parts), Object.keys(parts)));

const change: fc.Arbitrary<{ change: ResourceChange; secrets: readonly string[] }> = fc
  .record({
    type: fc.constantFrom(...types),
    actions: fc.constantFrom(["create"], ["delete"], ["update"], ["delete", "create"], ["create", "delete"]),
    old: side,
    current: side,
    unknown: fc.nat(3),
  })
  .map(({ type, actions, old, current, unknown }) => {
    const before = actions.join() === "create" ? undefined : old;
    const after = actions.join() === "delete" ? undefined : current;
    const paths = [...(before?.paths ?? []), ...(after?.paths ?? [])].filter(({ length }) => length > 0);
    return {
      change: {
        ...{ address: `${type}.app`, mode: "managed", type },
        change: {
          ...{ actions, before: before?.value ?? null, after: after?.value ?? null },
          after_unknown: unknownAt(paths[unknown]),
          ...{ before_sensitive: before?.marks ?? false, after_sensitive: after?.marks ?? false },
          ...(actions.length === 2 && { replace_paths: paths }),
        },
      },
      secrets: [before, after].flatMap((one) => one?.secrets ?? []),
    };
  });

/** `true` at a path, in objects. */
const unknownAt = (path: AttributePath = []): unknown =>
  path.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), path.length > 0);

/** Random plans with sensitive values at any depth, as keys, in sets and documents, in outputs and in paths. */
export const planWithSecrets: fc.Arbitrary<PlanWithSecrets> = fc
  .tuple(fc.array(change, { minLength: 1, maxLength: 4 }), secret)
  .map(([changes, output]) => ({
    plan: {
      format_version: "1.2",
      resource_changes: changes.map((one) => one.change),
      output_changes: { password: { actions: ["update"], before: output, after: `${output}2` } as never },
    },
    secrets: [output, ...changes.flatMap(({ secrets }) => secrets)],
  }));
