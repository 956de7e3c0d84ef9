import type { Environment } from "../environments/plan/environment";
import { literalText } from "../modules/terraform/literal-text";
import { contractVersions, type PublishingLayer, versionOutput } from "./contract-version";
import type { ValueRule } from "./value-kind";

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
  const what = {
    list: `a list of at least one value, each ${rule.text}`,
    map: `a map of values, each ${rule.text}`,
  };
  const tests = { list: listTest, map: mapTest };
  return {
    condition: `\${${(container === undefined ? test : tests[container])(value, rule)}}`,
    error_message: message(
      `${name}${key === undefined ? "" : `["${key}"]`}`,
      value,
      `this must be ${container === undefined ? rule.text : what[container]}`,
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
