import type { Environment } from "../../environments/plan/environment";
import { repositoryName } from "../../environments/plan/repository-names";
import { repositoryUrl } from "../../modules/ecr/repository/repository-address";
import { table } from "../docs/markdown-table";
import type { Review } from "../review/plan-review";
import { target } from "./stack";

/** What a run did to a stack. */
export interface StackOutcome {
  readonly outcome: "applied" | "no changes" | "destroyed";
  /** What its plan changed. @default - nothing, or not known */
  readonly changes?: Pick<Review, "counts" | "imports"> | undefined;
}

/** The changes of a stack of which everything was destroyed. @param count number of resources */
export const onlyDestroyed = (count: number): StackOutcome["changes"] & object => ({
  counts: { create: 0, change: 0, replace: 0, destroy: count },
  imports: 0,
});

/** What the commands do, and how a summary says that it was done. */
const past = { deploy: "Deployed", apply: "Applied to", destroy: "Destroyed" } as const;

/** What happens to resources. */
const effects = ["created", "changed", "replaced", "destroyed", "imported"] as const;

/** A stack of a run. */
export interface ReportedStack {
  readonly stack: string;
  readonly outcome: StackOutcome["outcome"] | "not finished";
  /** Number of resources by what happened to them. @default - not known */
  readonly changes?: Readonly<Record<(typeof effects)[number], number>>;
  readonly seconds: number;
}

/** What a run did. This is also the form of `--json`. */
export interface RunReport {
  /** Rises when a field is removed or changes its meaning. */
  readonly schemaVersion: 1;
  readonly verb: keyof typeof past;
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  /** Whether every stack is finished. */
  readonly finished: boolean;
  /** In the order of the run. */
  readonly stacks: readonly ReportedStack[];
  /** Where images are pushed to, by short name of the repository. Empty unless the repositories are deployed. */
  readonly repositoryUrls: Readonly<Record<string, string>>;
  /** Host names of load balancers, by service. Empty unless this run deployed them. */
  readonly loadBalancers: Readonly<Record<string, string>>;
  readonly seconds: number;
  /** Why it stopped. */
  readonly error?: string;
  /** The command that continues. */
  readonly toContinue?: string;
}

/** What a run is about. */
interface RunOptions {
  readonly verb: RunReport["verb"];
  readonly environment: Environment;
  /** Names of its stacks, in the order of the run. */
  readonly stacks: readonly string[];
  /** The command that repeats it, e.g. `npm run deploy -- dev`. */
  readonly command: string;
}

/** Collects what a run does, for the summary at its end. */
export class RunLog {
  private readonly done = new Map<string, ReportedStack>();
  private hosts: Readonly<Record<string, string>> = {};
  private started = performance.now();
  private stackStarted = this.started;

  constructor(private readonly options: RunOptions) {}

  /** The run begins, if that is later than this log. */
  start(): void {
    this.started = performance.now();
  }

  /** A stack begins. */
  begin(): void {
    this.stackStarted = performance.now();
  }

  /** A stack is finished. @returns a line that says so, e.g. `compute-dev: applied, 3 created, 1 changed (12 s)` */
  finish(stack: string, { outcome, changes }: StackOutcome): string {
    const seconds = secondsSince(this.stackStarted);
    const done = { stack, outcome, ...(changes && { changes: countsOf(changes) }), seconds };
    this.done.set(stack, done);
    const text = outcome === "no changes" ? "no changes; nothing to apply" : outcome;
    const counts = changes === undefined ? [] : [changesText(done)];
    return `${stack}: ${(outcome === "destroyed" && changes ? counts : [text, ...counts]).join(", ")} (${seconds} s)`;
  }

  /** The host names that the load balancers have now, by service. */
  loadBalancers(hosts: Readonly<Record<string, string>>): void {
    this.hosts = hosts;
  }

  /** Name of the environment. */
  get environment(): string {
    return this.options.environment.name;
  }

  /** What was done until now. @param error why it stops, if it does */
  report(error?: string): RunReport {
    const { verb, environment, stacks, command } = this.options;
    const finished = stacks.every((stack) => this.done.has(stack));
    const hasRepositories = stacks.some((stack) => stack.startsWith("compute") && this.done.has(stack));
    return {
      schemaVersion: 1,
      verb,
      environment: environment.name,
      accountId: environment.accountId,
      region: environment.region,
      finished,
      stacks: stacks.map((stack) => this.done.get(stack) ?? notFinished(stack)),
      repositoryUrls: verb !== "destroy" && hasRepositories ? urlsOf(environment) : {},
      loadBalancers: this.hosts,
      seconds: secondsSince(this.started),
      ...(error === undefined ? {} : { error }),
      ...(finished ? {} : { toContinue: command }),
    };
  }

  /** The summary of a run that is finished, as text. */
  text(): string {
    const { verb, environment } = this.options;
    const { stacks, repositoryUrls, loadBalancers, seconds } = this.report();
    return [
      `${past[verb]} ${target(environment)}: ${stacks.map(({ stack }) => stack).join(", ") || "nothing, because nothing changes"} (${seconds} s)`,
      ...aligned(stacks.map((one) => [one.stack, changesText(one), `${one.seconds} s`])),
      ...listed("Repositories", repositoryUrls),
      ...listed("Load balancers", loadBalancers),
    ].join("\n");
  }
}

/** The report in Markdown, e.g. for the summary of a job. */
export function runMarkdown(report: RunReport): string {
  const { verb, environment, accountId, region, finished, stacks, seconds, error, toContinue } = report;
  const links = (title: string, entries: Readonly<Record<string, string>>) =>
    Object.keys(entries).length === 0
      ? []
      : [
          table(
            [title, ""],
            Object.entries(entries).map(([name, url]) => [`\`${name}\``, `\`${url}\``]),
          ),
        ];
  return `${[
    `## ${verb} ${environment}: ${finished ? "finished" : "not finished"}`,
    `Account ${accountId}, ${region}, ${seconds} s.`,
    table(
      ["stack", "what", "time"],
      stacks.map((one) => [`\`${one.stack}\``, changesText(one), `${one.seconds} s`]),
    ),
    ...(error === undefined ? [] : [`\`\`\`text\n${error.replaceAll("```", "'''")}\n\`\`\``]),
    ...(toContinue === undefined ? [] : [`To continue: \`${toContinue}\``]),
    ...links("repository", report.repositoryUrls),
    ...links("load balancer", report.loadBalancers),
  ].join("\n\n")}\n`;
}

const secondsSince = (start: number): number => Math.round((performance.now() - start) / 1000);

function countsOf({
  counts,
  imports,
}: Pick<Review, "counts" | "imports">): ReportedStack["changes"] & object {
  return {
    created: counts.create,
    changed: counts.change,
    replaced: counts.replace,
    destroyed: counts.destroy,
    imported: imports,
  };
}

const notFinished = (stack: string): ReportedStack => ({ stack, outcome: "not finished", seconds: 0 });

/** What happened to a stack, e.g. `3 created, 1 changed`. */
function changesText({ outcome, changes }: ReportedStack): string {
  if (changes === undefined) return outcome;
  const counts = effects
    .filter((effect) => changes[effect] > 0)
    .map((effect) => `${changes[effect]} ${effect}`);
  if (counts.length > 0) return counts.join(", ");
  return outcome === "destroyed" ? "nothing to destroy" : "outputs changed";
}

const urlsOf = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.keys(environment.ecr.repositories).map((shortName) => [
      shortName,
      repositoryUrl({ ...environment, name: repositoryName(environment, shortName) }),
    ]),
  );

/** Most entries of a list; more would push the rest off the screen. */
const mostListed = 20;

function listed(title: string, entries: Readonly<Record<string, string>>): string[] {
  const all = Object.entries(entries);
  if (all.length === 0) return [];
  const more = all.length > mostListed ? [`  and ${all.length - mostListed} more`] : [];
  return [`${title}:`, ...aligned(all.slice(0, mostListed)), ...more];
}

/** Rows with columns of equal width, indented. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(
    (row) =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd()}`,
  );
}
