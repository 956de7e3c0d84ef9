import { z } from "zod";
import { accountIdSyntax } from "../../modules/ecr/access/grantee-syntax";
import { isRegion, regionAdvice } from "../../modules/iam/aws-regions";
import { identityCenterPathAdvice, roleArnPattern } from "../../modules/iam/principal-arn";
import { keyArnAdvice, keyArnPattern } from "../../modules/kms/kms-key-arn";
import { list, text } from "../../modules/values/fields";
import { withRule } from "./rule";

/** Whether every JavaScript object has a property with this name, so that no construct or map can have it. */
export const isReservedName = (name: string): boolean => Object.hasOwn(Object.prototype, name);

/** Rule and remedy for such a name. */
export const reservedNameAdvice = "this name is reserved in JavaScript objects; choose another name";

/**
 * An object whose keys are user-defined names. Constructs look the names up in plain objects, so names that every
 * JavaScript object has (`constructor`, `toString`, …) are rejected.
 */
export function mapOf<V extends z.ZodType>(value: V) {
  const names = z.record(z.string(), value, { error: "this must be an object; use { name: { … } }" });
  return withRule(names, (given, { problem }) => {
    for (const name of Object.keys(given))
      if (isReservedName(name)) problem([name], name, reservedNameAdvice);
  });
}

/**
 * A list without duplicates. Objects are compared by content, regardless of key order. The schema of the
 * elements reports blank strings.
 *
 * @param what name of one element in messages. @default - messages say "this is listed twice"
 */
export function distinct<T extends z.ZodType>(element: T, what = "") {
  return withRule(list(element), (values, { problem }) => {
    // The schema reports a value that is not a list.
    if (!Array.isArray(values)) return;
    const seen = new Set<string>();
    values.forEach((value: unknown, index) => {
      if (value === undefined || (typeof value === "string" && value.trim() === "")) return;
      const key = contentOf(value);
      if (key === undefined) return;
      if (seen.has(key))
        problem([index], value, `this ${what === "" ? "" : `${what} `}is listed twice; remove it here`);
      seen.add(key);
    });
  });
}

/** `undefined` for a value that JSON cannot represent, such as a circular reference. The schema reports it. */
function contentOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, sorted);
  } catch {
    return undefined;
  }
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Twelve digits as a string. A number would lose leading zeros. */
export const accountId = () => text(accountIdSyntax.pattern, accountIdSyntax.advice);

/** Whether a value is an AWS account ID. */
export function isAccountId(value: unknown): value is string {
  return typeof value === "string" && accountIdSyntax.pattern.test(value);
}

/** The code of an AWS Region, e.g. `us-east-1`. */
export const region = () =>
  z.string({ error: ({ input }) => regionAdvice(input) }).refine(isRegion, {
    error: ({ input }) => regionAdvice(input),
  });

/** ARN of a principal of IAM that is no session. @param pattern e.g. of roles only */
export const principalArn = (pattern: RegExp, advice: string) =>
  text(pattern, advice).refine((arn) => identityCenterPathAdvice(arn) === undefined || !pattern.test(arn), {
    error: ({ input }) => identityCenterPathAdvice(String(input)) ?? advice,
  });

/** ARN of an IAM role, not of a session. */
export const roleArn = () =>
  principalArn(
    roleArnPattern,
    "this must be the ARN of an IAM role, without empty parts in its path; use arn:aws:iam::<account>:role/<name>",
  );

/**
 * The full name of a repository. @default - none
 *
 * @param problemOf why a name is refused, as "rule; remedy"
 */
export const fullName = (problemOf: (name: string) => string | undefined) =>
  z
    .string({ error: 'this must be the full name of a repository; use a name such as "team/app"' })
    .superRefine((name, context) => {
      const message = problemOf(name);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .optional();

/** ARN of a KMS key, not of a KMS alias. */
export const keyArn = () => text(keyArnPattern, keyArnAdvice);

/** Retention periods that CloudWatch Logs accepts. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Days for which CloudWatch Logs retains log events. */
export const logRetention = () =>
  z.literal(retentionDays, {
    error: `CloudWatch Logs accepts only certain retention periods; use one of ${retentionDays.join(", ")}`,
  });
