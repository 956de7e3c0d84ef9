import "../exit-guard";
import { pictures } from "./diagram/pictures";
import { listedProject } from "./environment-files/listed-project";
import { imagesInFiles } from "./images/file-images";
import { imagesInEcr } from "./images/live-images";
import { type StackResult, withPlans } from "./plan/all-plans";
import { parsePlanArguments } from "./plan/arguments";
import { eachOnce, environmentOf, planTargets } from "./plan/plan-target";
import { requireOwnFolder, savePlans } from "./plan/saved-folder";
import { environmentAcknowledgements } from "./review/gates/acknowledgement";
import { exitCodeOf } from "./review/gates/exit-code";
import { judged } from "./review/gates/judged-report";
import type { ImageSource } from "./review/lifecycle/lifecycle-delta";
import { showReport } from "./review/report/formats";
import { reportOnPlans } from "./review/report/plans";
import { repositoriesAt } from "./review/report/registry";
import type { Report } from "./review/report/report";
import type { Stacks } from "./review/revisions/stack-json";
import { run } from "./runner/command";
import { headNameOrFolder } from "./runner/git";
import { withSharedRegistry } from "./runner/selection";
import { synthesizedStacks, target } from "./runner/stack";
import { synthesize } from "./runner/synthesis";
import { stacksIn } from "./runner/written-stacks";

/** `npm run plan -- <environment>`: plan every stack, of one environment or all, and report what a deploy would do. */
run(async () => {
  const args = parsePlanArguments(process.argv);
  if (args.out !== undefined) requireOwnFolder(args.out);
  const project = listedProject();
  const targets = planTargets(args, project.environments);
  const environments = targets.map(({ environment }) => environment);
  const synthesized = synthesize(project);
  const stacks = synthesizedStacks(eachOnce(targets.flatMap(({ plans }) => plans)), synthesized);
  const readable = synthesizedStacks(
    eachOnce(environments.flatMap((one) => withSharedRegistry(one, project.environments))),
    synthesized,
  );
  const all = stacksIn(synthesized);
  const planning = {
    ...{ readable, concurrency: args.concurrency, terraformFlags: args.terraformFlags },
    accepted: { registryLosses: args.acceptRegistryLosses === true },
  };
  const imagesFor = async (results: readonly StackResult[]) => {
    if (args.images.length > 0) return imagesInFiles(args, environmentOf(stacks), all);
    const sources = new Map<string, ImageSource>();
    for (const environment of environments) {
      const planned = results
        .filter(({ stack }) => stack.environment.name === environment.name)
        .map(({ stack: { stack }, planned: made }) => ({ stack, plan: made?.plan }));
      const source = await imagesInEcr(planned, environment, all, args.inUse);
      for (const { stack } of planned) sources.set(stack, source);
    }
    return imagesOf(sources);
  };
  const report = await withPlans(stacks, planning, async (found) => {
    const base = environments.map(target).join(", ");
    const compared = {
      base: `${base} as ${environments.length > 1 ? "they are" : "it is"} deployed`,
      head: headNameOrFolder(),
    };
    const planned = reportFor(found.results, all, compared, await imagesFor(found.results));
    const made = judged(planned, args, environmentAcknowledgements(environments));
    const { out } = args;
    const [environment] = environments;
    if (out !== undefined && environment !== undefined)
      await savePlans(out, { ...found, readable, environment, report: made });
    return made;
  });
  await showReport(report, args, () => pictures(project.environments, all));
  if (args.out !== undefined)
    process.stderr.write(
      `The plans are in ${args.out}. They hold secrets. To apply them: npm run apply -- ${args.out}\n`,
    );
  return exitCodeOf(report.verdict, args.failOn);
});

/** The images of repositories, from the environment that a stack belongs to. */
const imagesOf =
  (sources: ReadonlyMap<string, ImageSource>): ImageSource =>
  (stack, change) =>
    sources.get(stack)?.(stack, change) ?? { why: "the images were not read" };

function reportFor(
  results: readonly StackResult[],
  stacks: Stacks,
  compared: Pick<Report, "base" | "head">,
  images: ImageSource,
): Report {
  return reportOnPlans(
    results.map(({ stack: { stack, layer, environment }, planned, waits }) => ({
      ...{ stack, waits, plan: planned?.plan, blocks: planned?.blocks ?? [] },
      ...(planned !== undefined && { review: planned.review }),
      repositories: layer === "registry" ? repositoriesAt(stacks[stack] ?? {}, stacks) : [],
      context: planned?.context ?? {
        ...{ layer, environment, accountId: environment.accountId },
        ...{ stateBucket: undefined, repositories: [] },
      },
    })),
    compared,
    images,
  );
}
