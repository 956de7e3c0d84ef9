import type { Environment } from "../../environments/plan/environment";
import { type NamedImage, namedImages } from "../../environments/plan/image-gate";
import { type AskGate, askGate } from "../ecr/gate/ask-gate";
import { gateText } from "../ecr/gate/gate-output";
import { gateExitCode } from "../ecr/gate/judge-image";
import { effectOf, type ResourceChange, type TerraformPlan } from "../review/terraform-plan";

/**
 * Ask the gate about the images that a plan deploys. Why the plan must not be applied; `undefined` if all of them pass, or the
 * environment has no gate. Exceptions to look at are printed.
 *
 * An image that runs already is not judged again: a plan that changes something else must not stop because of it. Scans are not
 * awaited, because a plan holds the lock of the state.
 */
export async function gateBlock(
  { stack, environment }: { readonly stack: string; readonly environment: Environment },
  plan: TerraformPlan,
  ask: AskGate = askGate,
): Promise<string | undefined> {
  if (environment.imageGate === undefined) return undefined;
  const images = deployedImages(namedImages(environment), plan);
  if (images.length === 0) return undefined;
  const { results, idle } = await ask(environment, images);
  const text = gateText(environment, results, idle);
  if (gateExitCode(results) === 0) {
    process.stdout.write(`Image gate:\n${text}`);
    return undefined;
  }
  const names = results.map(({ label }) => `--image ${label}`);
  return `The plan for ${stack} deploys images that do not pass the gate:\n${text}To wait for scans: npm run ecr -- gate --env ${environment.name} ${names.join(" ")}`;
}

/** Those of the images that a plan puts where they are not yet, or may put there, because a value is known only later. */
export function deployedImages(images: readonly NamedImage[], plan: TerraformPlan): NamedImage[] {
  const changes = (plan.resource_changes ?? []).filter((change) => {
    const effect = effectOf(change);
    return effect !== undefined && effect !== "destroy";
  });
  const introduced = changes.map(imagesIntroducedBy);
  return images.filter(({ uri }) => introduced.some((isIn) => isIn(uri)));
}

/** Arguments of resources that name images: of a task definition as JSON in a text. */
const imageArguments: Readonly<Record<string, string>> = {
  aws_ecs_task_definition: "container_definitions",
  aws_lambda_function: "image_uri",
};

function imagesIntroducedBy({ type, change }: ResourceChange): (uri: string) => boolean {
  const [before, after] = [textsIn(change.before), textsIn(change.after)];
  const argument = imageArguments[type];
  const unknown = (change.after_unknown ?? {}) as Readonly<Record<string, unknown>>;
  const isUnknown = argument !== undefined && Boolean(unknown[argument]);
  return (uri) => (isUnknown || after.has(uri)) && !before.has(uri);
}

/** The words of a value, also of JSON in a text, each with the characters that the URI of an image can have. */
const textsIn = (value: unknown): ReadonlySet<string> =>
  new Set(JSON.stringify(value ?? null).split(/[^\w.:@/-]+/));
