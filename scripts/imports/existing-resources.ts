import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { partitionOf } from "../../modules/iam/aws-partition";
import { oneLine } from "../failures/one-line";
import { importFile, removeImportFile } from "../runner/import-file";
import { init } from "../runner/initialization";
import { createPrivateFile } from "../runner/private-file";
import { failed, flags, type Stack } from "../runner/stack";
import { resourcesIn, valuesIn } from "../runner/state";
import { terraform } from "../runner/terraform";
import { findChosenIds } from "./chosen-ids";
import { importId, type Resources } from "./import-id";
import { type AwsProvider, providerPlaces } from "./provider-place";
import { planFile, removePlan, replacementsIn } from "./replacements";

/** The resources of a stack that are not in its state. */
export interface MissingResources {
  /** Addresses of those that exist in AWS. Import blocks for them are in the folder of the stack. */
  readonly existing: readonly string[];
  /** Addresses of those that exist and cannot become what the stack declares, with the attributes that cannot change. */
  readonly unchangeable: ReadonlyMap<string, readonly string[]>;
  /** Those of which AWS has none or several that fit, by address: import IDs of those that fit. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>;
  /** Addresses of those that are not looked for. Whether they exist is unknown. */
  readonly unknown: readonly string[];
}

/** The parts of a stack's Terraform JSON from which import IDs follow. */
interface StackJson {
  readonly resource?: Resources;
  readonly provider?: { readonly aws?: readonly AwsProvider[] };
}

/**
 * Types that are not imported, because the next deploy takes over what exists or needs nothing of it: the default security
 * group is adopted, each registration of a task definition makes another revision, and a scheduled action of the same name is
 * overwritten.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_security_group
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
 */
const notImported = [
  "aws_appautoscaling_scheduled_action",
  "aws_default_security_group",
  "aws_ecs_task_definition",
];

/**
 * Find resources that exist but are not in the state of their stack, e.g. because Terraform was killed before it saved the
 * state, and write import blocks for them.
 *
 * Terraform itself says which exist: it refuses to plan the import of a resource that does not.
 *
 * @param elsewhere addresses that are in the state of another stack, and so are not imported. @default - none
 * @throws CommandError when Terraform fails for another reason
 * @see https://developer.hashicorp.com/terraform/language/import
 */
export async function writeImports(
  stack: Stack,
  elsewhere: ReadonlySet<string> = new Set(),
): Promise<MissingResources> {
  const { directory, environment } = stack;
  removeImportFile(directory);
  await init(stack);
  const inState = new Set(await resourcesIn(stack));
  const { resource: resources = {}, provider }: StackJson = JSON.parse(
    readFileSync(join(directory, "cdk.tf.json"), "utf8"),
  );
  const { accountId, region } = environment;
  const account = { accountId, region, partition: partitionOf(region) };
  const missing = Object.entries(resources)
    .filter(([type]) => !notImported.includes(type))
    .flatMap(([type, ofType]) => Object.keys(ofType).map((name) => `${type}.${name}`))
    .filter((address) => !inState.has(address) && !elsewhere.has(address));
  const state = missing.length === 0 || inState.size === 0 ? [] : await valuesIn(stack);
  const places = providerPlaces(provider?.aws ?? [], region);
  const {
    known,
    ids,
    candidates: ambiguous,
  } = await findChosenIds(stack, missing, { resources, account, places }, state);
  const idOf = (address: string) =>
    ids.get(address) ?? importId(address, { resources, account, places, known });
  const candidates = new Map(
    missing.flatMap((address) => {
      const id = idOf(address);
      return id === undefined ? [] : [[address, id]];
    }),
  );
  const unknown = missing.filter((address) => idOf(address) === undefined && !ambiguous.has(address));
  try {
    return { ...(await whichExist(stack, candidates)), ambiguous, unknown };
  } finally {
    removePlan(stack);
  }
}

/** Plan the imports without those that Terraform refuses or would replace, until there are none. */
async function whichExist(
  stack: Stack,
  candidates: Map<string, string>,
): Promise<Pick<MissingResources, "existing" | "unchangeable">> {
  const { directory } = stack;
  const unchangeable = new Map<string, readonly string[]>();
  while (candidates.size > 0) {
    const blocks = [...candidates].map(([to, id]) => ({ to, id }));
    writeFileSync(importFile(directory), `${JSON.stringify({ import: blocks }, null, 2)}\n`);
    createPrivateFile(join(directory, planFile));
    const args = ["plan", "-input=false", "-lock=false", ...flags(), `-out=${planFile}`];
    const result = await terraform(directory, args, { quiet: true });
    const refused =
      result.code === 0 ? [] : refusedIn(result.stderr).filter((address) => candidates.has(address));
    if (refused.length === 0) {
      const replaced = [...(await replacementsIn(stack))].filter(([address]) => candidates.has(address));
      for (const [address, reasons] of replaced) {
        unchangeable.set(address, reasons);
        candidates.delete(address);
      }
      if (replaced.length > 0) continue;
      if (result.code === 0) break;
      removeImportFile(directory);
      process.stderr.write(result.output);
      throw failed(stack, "plan", result);
    }
    for (const address of refused) candidates.delete(address);
  }
  if (candidates.size === 0) removeImportFile(directory);
  return { existing: [...candidates.keys()], unchangeable };
}

/** Addresses of resources that do not exist, or that cannot be read, according to Terraform's errors. */
function refusedIn(printed: string): string[] {
  const text = oneLine(printed);
  const nonexistent = text.matchAll(/import an existing object to "([^"]+)"/g);
  const unreadable = text.matchAll(/\bwith (aws_[\w-]+\.[\w-]+),/g);
  return [...nonexistent, ...unreadable].map(([, address = ""]) => address);
}
