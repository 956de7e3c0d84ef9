import { z } from "zod";
import { accountIdSyntax } from "../../modules/ecr/access/grantee-syntax";
import { keyArnAdvice, keyArnPattern } from "../../modules/kms/kms-key-arn";
import { suggest } from "./problem";
import { withRule } from "./rule";

/** Text that must match a pattern. `advice` is the rule and the remedy, parted by a semicolon. */
export function text(pattern: RegExp, advice: string): z.ZodString {
  return z.string({ error: advice }).regex(pattern, { error: advice });
}

/** Text that is not empty. */
export function filled(advice: string): z.ZodString {
  return text(/\S/, advice);
}

/** A whole number in a range, both ends included. */
export function whole(min: number, max: number, advice: string): z.ZodInt {
  return z.int({ error: advice }).min(min, { error: advice }).max(max, { error: advice });
}

/** `true` or `false`. */
export function flag(): z.ZodBoolean {
  return z.boolean({ error: "this must be a boolean; write true or false without quotes" });
}

/** One of a few words. A near miss is answered with a suggestion. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, {
    error: ({ input }) => `this must be one of ${words.join(", ")}; ${suggest(input, words) ?? "choose one"}`,
  });
}

/** An object that knows all its keys. Every unknown key gets a line of its own in the message. */
export function section<S extends z.ZodRawShape>(shape: S) {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys
            .map((key) => `there is no such option; ${suggest(key, keys) ?? `there are ${keys.join(", ")}`}`)
            .join("\n")
        : `this must be an object; write { ${keys.slice(0, 3).join(", ")}, … }`,
  });
}

/**
 * An object whose keys are names given by the user. What they name is found by its name in plain objects, those of
 * Constructs among them, so a name that every object has is refused.
 */
export function named<V extends z.ZodType>(value: V) {
  const names = z.record(z.string(), value, { error: "this must be an object; write { name: { … } }" });
  return withRule(names, (given, { problem }) => {
    for (const name of Object.keys(given))
      if (Object.hasOwn(Object.prototype, name))
        problem([name], name, "every object of JavaScript has something of this name; choose another one");
  });
}

/** A list. */
export function list<T extends z.ZodType>(element: T) {
  return z.array(element, { error: "this must be a list; write [ … ]" });
}

/** Twelve digits, as a string (a number would lose leading zeros). */
export const accountId = () => text(accountIdSyntax.pattern, accountIdSyntax.advice);

/** Whether a value is the id of an AWS account. */
export function isAccountId(value: unknown): value is string {
  return typeof value === "string" && accountIdSyntax.pattern.test(value);
}

/** Region codes are `<area>-<direction>-<number>`. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const regionPattern =
  /^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|east|west|northeast|northwest|southeast|southwest)-\d$/;

/** Whether a value is the code of an AWS Region. */
export function isRegion(value: unknown): value is string {
  return typeof value === "string" && regionPattern.test(value);
}

/** An AWS Region code, e.g. `us-east-1`. */
export const region = () =>
  text(regionPattern, 'this must be the code of an AWS Region; write for example "us-east-1" or "eu-west-1"');

/** ARN of a KMS key itself. */
export const keyArn = () => text(keyArnPattern, keyArnAdvice);
