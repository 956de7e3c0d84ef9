import { join } from "node:path";
import type { Layer } from "../../../../environments/naming";
import type { ExistingRepository } from "../../../../scripts/review/registry-loss";
import { repositoriesAt } from "../../../../scripts/review/report/registry";
import type { Report, StackReport } from "../../../../scripts/review/report/report";
import type { Stacks } from "../../../../scripts/review/revisions/stack-json";
import { writtenStacks } from "../../../../scripts/runner/written-stacks";
import type { EmulatedAccount } from "../../emulator/emulated-account";
import type { Edit } from "./edit";
import type { RecordedPlans, RecordedStack } from "./recorded-plans";
import { smallPlan } from "./small-plan";

const environment = { project: "acme", name: "dev" };
const accountId = "123456789012";

/** Records what Terraform plans for the files of a workspace as they are. */
export class Recorder {
  private constructor(
    private readonly account: EmulatedAccount,
    private readonly base: Stacks,
    private readonly existing: readonly ExistingRepository[],
  ) {}

  /** @param account with everything deployed */
  static async of(account: EmulatedAccount): Promise<Recorder> {
    const names = Object.keys(await account.aws.repositories());
    const existing = names.toSorted().map((name) => ({
      name,
      environment: { project: "acme", name: name.split("-")[1] ?? "" },
    }));
    return new Recorder(account, stacksOf(account), existing);
  }

  /** @throws Error when the files change a stack that the edit does not name */
  async record({ title, layers, flags = [] }: Edit): Promise<{ plans: RecordedPlans; report: Report }> {
    const layerFlags = layers.flatMap((layer) => ["--layer", layer]);
    const ran = await this.account.workspace.command(["plan", "dev", ...layerFlags, "--json", ...flags]);
    if (ran.code === 1) throw new Error(ran.stdout + ran.stderr);
    const report = JSON.parse(ran.stdout) as Report;
    this.requireNamed(layers);
    const stacks: RecordedStack[] = [];
    for (const part of report.stacks)
      if (part.status !== "unchanged") stacks.push(await this.recordedStack(part, flags));
    return { plans: { title, environment, accountId, stacks }, report };
  }

  private requireNamed(layers: readonly Layer[]): void {
    const [before, now] = [this.base, stacksOf(this.account)];
    const changed = Object.keys({ ...before, ...now })
      .filter((stack) => !stack.endsWith("-qa"))
      .filter((stack) => JSON.stringify(before[stack]) !== JSON.stringify(now[stack]));
    const other = changed.filter((stack) => !layers.includes(layerOf(stack)));
    if (other.length > 0) throw new Error(`The edit changes ${other.join(", ")}, too.`);
  }

  private async recordedStack(
    { stack, status, waits, blocks }: StackReport,
    flags: readonly string[],
  ): Promise<RecordedStack> {
    const stacks = stacksOf(this.account);
    const layer = layerOf(stack);
    const isRegistry = layer === "registry";
    return {
      ...{ stack, layer, waits, blocks },
      repositories: isRegistry ? repositoriesAt(stacks[stack] ?? {}, stacks) : [],
      existing: isRegistry ? this.existing : [],
      ...(status === "not planned"
        ? { summary: undefined, plan: undefined }
        : await this.planned(stack, flags)),
    };
  }

  /** Terraform saves a plan that prevent_destroy refuses, too. */
  private async planned(
    stack: string,
    flags: readonly string[],
  ): Promise<Pick<RecordedStack, "plan" | "summary">> {
    const { workspace } = this.account;
    const file = join(workspace.folder, "recorded.tfplan");
    const plan = ["plan", "-input=false", "-lock=false", `-out=${file}`, ...flags];
    await workspace.terraform(stack, plan, [0, 1]);
    const [text, json] = [
      await workspace.terraform(stack, ["show", file]),
      await workspace.terraform(stack, ["show", "-json", file]),
    ];
    const [, summary] = /^Plan: (.*)\.$/m.exec(text.stdout) ?? [];
    return { summary, plan: smallPlan(JSON.parse(json.stdout)) };
  }
}

const stacksOf = ({ workspace }: EmulatedAccount): Stacks =>
  writtenStacks(join(workspace.folder, "cdktf.out"));

/** E.g. `compute` of `compute-dev`. */
const layerOf = (stack: string): Layer => stack.split("-")[0] as Layer;
