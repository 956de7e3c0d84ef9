import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../../../app";
import type { Project } from "../../../environments/load";
import type { Environment } from "../../../environments/plan/environment";
import { deployOrder } from "../../../environments/plan/stacks";
import { type Read, readsOf } from "../../../layers/contract";
import { type CheckedOutput, outputProblem, versionProblem } from "../../../layers/contract-check";
import type { PublishingLayer } from "../../../layers/contract-version";
import { plainText, withTexts } from "../../../modules/terraform/literal-text";
import { counted } from "../../../modules/values/counted";
import { groupBy } from "../../../modules/values/group-by";
import { environmentNamed } from "../../runner/selection";
import type { DeployedStates } from "./deployed-states";
import { type FoundState, note, ok, problem } from "./finding";

/** What one stack reads of another's state, with the texts of the environment files. */
interface Reading {
  readonly reader: string;
  readonly output: CheckedOutput;
  /** The stack whose state it is, and what deploys it. */
  readonly stack: string;
  readonly layer: PublishingLayer;
  readonly environment: string;
}

/**
 * Whether the deployed states have what the stacks of an environment read from them, as the files are now. Loads CDKTF.
 *
 * @returns findings in the order in which the layers are to be deployed
 */
export async function contracts(
  environment: Environment,
  project: Project,
  states: Pick<DeployedStates, "outputsOf">,
): Promise<FoundState[]> {
  const readings = readingsOf(environment, project);
  const publishers = groupBy(readings, ({ stack }) => stack);
  const found: FoundState[] = [];
  for (const [stack, all] of publishers) {
    const [{ layer, environment: name }] = all as [Reading];
    const location = environmentNamed(name, project.environments).state;
    const outputs = await states.outputsOf({ stack, location });
    const advice = `Deploy it before them: npm run deploy -- ${name} --layer ${layer}`;
    if (outputs === undefined) {
      found.push(note(`${stack} has no state, and ${readersIn(all)} would read it.`, advice));
      continue;
    }
    const wrong = all.flatMap((one) => {
      const text = outputProblem(one.output, outputs);
      return text === undefined ? [] : [{ ...one, text }];
    });
    const lines = [...new Set(wrong.map(({ text }) => text))];
    const older = versionProblem(layer, outputs);
    if (older !== undefined)
      found.push(problem(`${stack} is older than ${readersIn(all)}: ${older}.`, advice));
    if (lines.length > 0)
      found.push(
        problem(`${stack} does not have what ${readersIn(wrong)} would read: ${lines.join("; ")}.`, advice),
      );
  }
  if (found.length > 0) return found;
  return [
    publishers.size === 0
      ? ok("No layer reads the state of another.")
      : ok(`The states have the ${counted(readings.length, "value")} that other layers read.`),
  ];
}

const readersIn = (some: readonly Reading[]): string =>
  [...new Set(some.map(({ reader }) => reader))].join(", ");

/** Every read of the environment's stacks. Those of a stack that is deployed earlier come first. */
function readingsOf(environment: Environment, project: Project): Reading[] {
  const outdir = mkdtempSync(join(tmpdir(), "contracts-"));
  try {
    const { node } = buildApp(project, outdir);
    const order = deployOrder(environment).map(({ stack }) => stack);
    return order
      .flatMap((reader) => {
        const stack = node.tryFindChild(reader);
        return stack === undefined ? [] : readsOf(stack).map((read) => reading(reader, read));
      })
      .toSorted((a, b) => order.indexOf(a.stack) - order.indexOf(b.stack));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Layers work with texts in which nothing looks like an expression. */
const reading = (reader: string, { publisher, output }: Read): Reading =>
  withTexts(
    {
      ...{ reader, output, stack: publisher.stack, layer: publisher.layer },
      environment: publisher.environment.name,
    },
    plainText,
  );
