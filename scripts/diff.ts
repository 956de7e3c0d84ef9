import "../exit-guard";
import { printPipelineImages } from "./ecr/pipeline-images/diff-images";
import { listedProject } from "./environment-files/listed-project";
import { parseDiffArguments } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { planStacks } from "./runner/diff-plans";
import { stopwatch } from "./runner/elapsed";
import { environmentNamed, selected, withSharedRegistry } from "./runner/selection";
import { synthesizedStacks } from "./runner/stack";
import { synthesize } from "./runner/synthesis";
import { requireUpstream } from "./runner/upstream";

/** `npm run diff -- <environment>`: plan and review every stack. Exit code 0 without changes, 2 with changes. */
run(async () => {
  const elapsed = stopwatch();
  const args = parseDiffArguments(process.argv);
  const project = listedProject();
  const { environments } = project;
  const environment = environmentNamed(args.environment, environments);
  const synthesized = synthesize(project);
  const stacks = synthesizedStacks(selected("diff", environment, args.layers), synthesized);
  const readable = synthesizedStacks(withSharedRegistry(environment, environments), synthesized);
  await requireUpstream(stacks, readable, []);
  const { changed, failures } = await planStacks(stacks, args);
  const unread = await printPipelineImages(environment, args.layers);
  const problems = [...failures, ...(unread ? [unread] : [])];
  const [first] = problems;
  if (changed.length > 0) process.stdout.write(`\nStacks with changes: ${changed.join(", ")} ${elapsed()}\n`);
  else process.stdout.write(`\n${failures.length > 0 ? "Failed." : "No changes."} ${elapsed()}\n`);
  // Several stacks often fail for the same reason, e.g. a signal.
  const messages = new Set(problems.map(({ message }) => message));
  if (first) throw new CommandError([...messages].join("\n"), first.exitCode);
  return changed.length === 0 ? 0 : 2;
});
