import type { Environment } from "../../environments/plan/environment";
import { inUse } from "../../modules/ecr/lifecycle/image-relations";
import type { LifecyclePolicy } from "../../modules/ecr/lifecycle/lifecycle-rule";
import type { AccountConnection } from "../ecr/account-connection";
import type { ImageInput } from "../ecr/image-input";
import type { RunningImages } from "../ecr/running/running-images";
import { usedInRepository } from "../ecr/running/used-in-repository";
import { policyIn } from "../review/lifecycle/lifecycle-delta";
import { type PolicyChange, policyChangesIn } from "../review/lifecycle/policy-change";
import { policyEffects } from "../review/lifecycle/policy-effects";
import type { StackJson } from "../review/revisions/stack-json";
import type { TerraformPlan } from "../review/terraform-plan";
import { CommandError } from "../runner/command";
import { regionOf } from "./known-images";

/** The flag with which a deploy applies a policy that removes images that run. */
export const acceptRunningImageLosses = "--accept-running-image-losses";

/** What changed lifecycle policies would do to images that run. */
export interface RunningLosses {
  /** Each image that runs and would be removed or archived, with who runs it. */
  readonly losses: readonly string[];
  /** What was not asked or could not be read, each as a sentence. */
  readonly unseen: readonly string[];
}

/** Asks AWS, for a test another one. */
export interface RunningQuestions {
  running(environment: Environment): Promise<RunningImages>;
  images(environment: Environment, repositoryName: string, region: string): Promise<readonly ImageInput[]>;
}

/**
 * The images that run and that only the new lifecycle policies of a plan would remove or archive. Asks AWS nothing if the plan
 * changes no policy of a repository that exists.
 *
 * Amazon ECS and AWS Lambda are asked in the environment's account. What cannot be read is reported, and stops nothing: the
 * credentials that deploy need not be able to read services and functions.
 *
 * @param stack what declares the policies: those of replicas are in other Regions
 * @param now time at which ECR applies the policies
 */
export async function runningLosses(
  environment: Environment,
  stack: StackJson,
  plan: TerraformPlan,
  ask: RunningQuestions,
  now: Date,
): Promise<RunningLosses> {
  const all = policyChangesIn(plan);
  const open = all.flatMap(({ isUnknown, repository }) =>
    isUnknown ? [`The new policy of ${repository} is known only after the apply.`] : [],
  );
  const changes = all.filter(({ after, isUnknown }) => after !== undefined && !isUnknown);
  if (changes.length === 0) return { losses: [], unseen: open };
  let running: RunningImages;
  try {
    running = await ask.running(environment);
  } catch (error) {
    return { losses: [], unseen: [...open, `What runs was not asked: ${(error as Error).message}`] };
  }
  const losses: string[] = [];
  const problems = [...open, ...running.problems];
  for (const change of changes)
    try {
      const place = { ...environment, region: regionOf(stack, change, environment.region) };
      const policies = policiesOf(change);
      const images = await ask.images(environment, change.repository, place.region);
      losses.push(...lostBy(change.repository, policies, place, running, images, now));
    } catch (error) {
      problems.push((error as Error).message);
    }
  return { losses, unseen: [...problems, ...running.unseen] };
}

/**
 * What a policy is and becomes. An old policy that cannot be read counts as none, so everything that the new one removes is reported.
 *
 * @throws CommandError when the new policy cannot be read
 */
function policiesOf(change: PolicyChange): Readonly<Record<"before" | "after", LifecyclePolicy>> {
  const after = policyIn(change.after);
  if (after === undefined) throw new CommandError(`The new policy of ${change.repository} cannot be read.`);
  return { before: policyIn(change.before) ?? { rules: [] }, after };
}

function lostBy(
  name: string,
  { before, after }: ReturnType<typeof policiesOf>,
  { accountId, region }: Pick<Environment, "accountId" | "region">,
  { images: running }: RunningImages,
  images: readonly ImageInput[],
  now: Date,
): string[] {
  const { byDigest } = usedInRepository(running, { accountId, region, name }, images);
  const used = inUse(byDigest.keys(), images);
  const effects = policyEffects(before, after, images, now);
  return images.flatMap(({ imageDigest, imageTags = [] }, index) => {
    const effect = effects[index];
    if (effect === undefined || effect === "spared" || !used.has(imageDigest)) return [];
    const [user, ...others] = byDigest.get(imageDigest) ?? ["a manifest list that runs"];
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return [
      `${name}@${imageDigest.slice(0, 19)} (${imageTags.join(", ") || "no tag"}) ${effect === "removed" ? "expires" : "is archived"}, and runs in ${user}${more}`,
    ];
  });
}

/** Why a deploy stops before it applies policies that remove images that run; `undefined` if they remove none. */
export function runningLossesBlock(
  environment: Environment,
  stack: string,
  { losses }: RunningLosses,
): string | undefined {
  if (losses.length === 0) return undefined;
  return [
    `The plan for ${stack} changes lifecycle policies, and ECR would remove images that run:`,
    ...losses.map((loss) => `  ${loss}`),
    `Tag them first: npm run ecr -- lifecycle protect --env ${environment.name}, keep more images, or add ${acceptRunningImageLosses}.`,
  ].join("\n");
}

/** The questions that AWS answers. Loads the AWS SDK when the first is asked. */
export function awsAnswers(): RunningQuestions {
  let opened: Promise<AccountConnection> | undefined;
  const accountOf = (environment: Environment): Promise<AccountConnection> => {
    opened ??= import("../ecr/account-connection.js").then(({ AccountConnection: account }) =>
      account.open(environment),
    );
    return opened;
  };
  return {
    async running(environment) {
      const { runningImages } = await import("../ecr/running/running-images.js");
      const { sourcesOf } = await import("../ecr/running/live-options.js");
      const nowhereElse = { role: [], region: [], kubeContext: [], pods: [] };
      const sources = await sourcesOf(await accountOf(environment), nowhereElse);
      return runningImages({ ...sources, hasOptions: false });
    },
    async images(environment, repositoryName, region) {
      const { liveImages } = await import("../ecr/live-images.js");
      const account = await accountOf(environment);
      const repository = { registryId: environment.accountId, repositoryName };
      return account.ask(repositoryName, () => liveImages(account.ecr(region), repository), region);
    },
  };
}
