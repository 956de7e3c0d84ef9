import type { Environment } from "../environments/plan/environment";
import { parseRange } from "../modules/network/ip-range";
import { literalText } from "../modules/terraform/literal-text";
import { contractVersions, isOlder, type PublishingLayer, versionOutput } from "./contract-version";
import type { TerraformCheck, ValueRule } from "./value-kind";

/** A condition that Terraform checks when it has read a state, with what it reports otherwise. */
export interface Postcondition {
  readonly condition: string;
  readonly error_message: string;
}

/** An output that a stack reads. */
export interface CheckedOutput {
  readonly name: string;
  /** Name of the value in a map. @default - the output itself */
  readonly key?: string;
  readonly rule: ValueRule;
  /** A list has at least one value; a map may be empty. @default - the output is one value */
  readonly container?: "list" | "map";
}

/** The layer that published an output. */
export interface Publisher {
  readonly layer: PublishingLayer;
  readonly stack: string;
  readonly environment: Environment;
}

/**
 * The check of one output of another layer, as a postcondition of the data source that reads its state. Terraform
 * evaluates it when it has read the state, and then plans nothing that uses the output. It evaluates none to destroy.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/custom-conditions#preconditions-and-postconditions
 */
export function postcondition(output: CheckedOutput, publisher: Publisher): Postcondition {
  const { name, key, rule, container } = output;
  const entry = key === undefined ? "" : `[${quoted(key)}]`;
  const value = `self.outputs.${name}${entry}`;
  const tests = { list: listTest, map: mapTest };
  return {
    condition: `\${${(container === undefined ? test : tests[container])(value, rule)}}`,
    error_message: message(
      `${name}${key === undefined ? "" : `["${key}"]`}`,
      value,
      `this must be ${requirement(output)}`,
      publisher,
    ),
  };
}

/**
 * The check that a layer was deployed with the version of its contracts that the reader knows, or with a later one. A layer
 * that was deployed before there were versions has none.
 */
export function versionPostcondition(publisher: Publisher): Postcondition {
  const value = `self.outputs.${versionOutput}`;
  const version = contractVersions[publisher.layer];
  return {
    condition: `\${try(tonumber(${value}) >= ${version}, false)}`,
    error_message: message(versionOutput, value, `this stack reads version ${version} or later`, publisher),
  };
}

/**
 * What is wrong with the version of a deployed layer's contracts, as Terraform would find it: see {@link versionPostcondition}.
 *
 * @param outputs of the state, by name
 * @returns e.g. `contract_version is missing; …`; `undefined` if nothing is
 */
export function versionProblem(
  layer: PublishingLayer,
  outputs: Readonly<Record<string, unknown>>,
): string | undefined {
  const deployed = Object.hasOwn(outputs, versionOutput) ? outputs[versionOutput] : undefined;
  if (!isOlder(layer, deployed)) return undefined;
  return `${versionOutput} is ${deployed === undefined ? "missing" : JSON.stringify(deployed)}; they read version ${contractVersions[layer]} or later`;
}

/** What was found in a state, what is required, and what to do. */
function message(
  name: string,
  value: string,
  requirement: string,
  { layer, stack, environment }: Publisher,
): string {
  return [
    `${literalText(name)} of ${stack} is \${try(jsonencode(${value}), "missing")}`,
    requirement,
    `deploy that layer again: npm run deploy -- ${environment.name} --layer ${layer}`,
  ].join("; ");
}

/** Completes "this must be". */
function requirement({ rule, container }: CheckedOutput): string {
  if (container === undefined) return rule.text;
  return container === "list"
    ? `a list of at least one value, each ${rule.text}`
    : `a map of values, each ${rule.text}`;
}

/**
 * What is wrong with an output of a deployed state, as Terraform would find it: see {@link postcondition}.
 *
 * @param outputs of the state, by name
 * @returns e.g. `vpc_id is missing; this must be …`; `undefined` if nothing is
 */
export function outputProblem(
  output: CheckedOutput,
  outputs: Readonly<Record<string, unknown>>,
): string | undefined {
  const { name, key, rule, container } = output;
  const whole = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
  const isMap = typeof whole === "object" && whole !== null && !Array.isArray(whole);
  const entry = (of: object) => (Object.hasOwn(of, key ?? "") ? (of as Values)[key ?? ""] : undefined);
  const value = key === undefined ? whole : isMap ? entry(whole) : undefined;
  if (accepts(value, rule, container)) return undefined;
  const found = value === undefined ? "missing" : JSON.stringify(value);
  return `${name}${key === undefined ? "" : `["${key}"]`} is ${found}; this must be ${requirement(output)}`;
}

type Values = Readonly<Record<string, unknown>>;

function accepts(value: unknown, rule: ValueRule, container: CheckedOutput["container"]): boolean {
  if (container === "list")
    return Array.isArray(value) && value.length > 0 && value.every((item) => isOf(rule, item));
  if (container === "map")
    return (
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((item) => isOf(rule, item))
    );
  return isOf(rule, value);
}

const isOf = ({ pattern, functions = [] }: ValueRule, value: unknown): boolean =>
  typeof value === "string" &&
  new RegExp(`^(?:${pattern})$`).test(value) &&
  functions.every((name) => succeeds[name](value));

/** @see https://developer.hashicorp.com/terraform/language/functions/cidrnetmask */
const succeeds: Readonly<Record<TerraformCheck, (value: string) => boolean>> = {
  cidrnetmask: (value) => parseRange(value) !== undefined,
};

/** `regex` and other functions fail for a missing value, null and any other type, and `can` makes that false. */
function test(value: string, { pattern, functions = [] }: ValueRule): string {
  const matches = `can(regex(${quoted(`^(${pattern})$`)}, ${value}))`;
  return [matches, ...functions.map((name) => `can(${name}(${value}))`)].join(" && ");
}

/** Terraform evaluates both sides of `&&`, so `try` covers a value that is no list. */
function listTest(value: string, rule: ValueRule): string {
  return `try(length(tolist(${value})) > 0 && alltrue([for item in tolist(${value}) : ${test("item", rule)}]), false)`;
}

function mapTest(value: string, rule: ValueRule): string {
  return `try(alltrue([for item in values(${value}) : ${test("item", rule)}]), false)`;
}

/** A string in an expression. */
const quoted = (text: string): string => literalText(JSON.stringify(text));
