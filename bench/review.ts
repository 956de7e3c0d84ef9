import { setFlagsFromString } from "node:v8";
import { judged } from "../scripts/review/gates/judged-report";
import type { ReviewContext } from "../scripts/review/plan-review";
import { readPlan } from "../scripts/review/read-plan";
import { asMarkdown } from "../scripts/review/report/as-markdown";
import { asText } from "../scripts/review/report/as-text";
import { reportOnPlans } from "../scripts/review/report/plans";
import type { ResourceChange } from "../scripts/review/terraform-plan";

/**
 * `npm run bench:review -- [resources]`: measure the review of a plan, by default of 10,000 resources, from Terraform's JSON
 * to the text and the comment, with the gates. Prints the time and the CPU time, as the median of five and of the first run,
 * for which V8 has compiled nothing yet.
 */
const count = Number(process.argv[2] ?? 10_000);

const policy = (account: string): string =>
  JSON.stringify({
    Statement: [
      {
        ...{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` } },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      },
    ],
  });

const lifecycle = (images: number): string =>
  JSON.stringify({
    rules: [
      {
        ...{ rulePriority: 1, action: { type: "expire" } },
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: images },
      },
    ],
  });

/** Every type of change in turn: each repository has a lifecycle and a repository policy. */
function changeOf(index: number, actions: readonly string[]): ResourceChange {
  const repository = `acme-prod-team/service-${index - (index % 3)}`;
  const [type, before, after] = (
    [
      [
        "aws_ecr_repository",
        { name: repository, image_tag_mutability: "IMMUTABLE", tags: { team: "a" } },
        { name: repository, image_tag_mutability: "MUTABLE", tags: { team: "b" } },
      ],
      [
        "aws_ecr_lifecycle_policy",
        { repository, policy: lifecycle(50) },
        { repository, policy: lifecycle(5) },
      ],
      [
        "aws_ecr_repository_policy",
        { repository, policy: policy("111122223333") },
        { repository, policy: policy("444455556666") },
      ],
    ] as const
  )[index % 3] ?? ["", {}, {}];
  return {
    ...{ address: `${type}.service-${index}`, mode: "managed", type },
    change: {
      actions,
      before: actions[0] === "create" ? null : before,
      after: actions.at(-1) === "delete" ? null : after,
      ...{ after_unknown: {}, before_sensitive: {}, after_sensitive: { tags: {} } },
      ...(actions.length === 2 && { replace_paths: [["name"]] }),
    },
  };
}

const context: ReviewContext = {
  layer: "compute",
  ...{ stateBucket: undefined, environment: { project: "acme", name: "prod" } },
  ...{ accountId: "111122223333", repositories: [] },
};

function measure(actions: readonly string[]): void {
  const json = JSON.stringify({
    format_version: "1.2",
    resource_changes: Array.from({ length: count }, (_, index) => changeOf(index, actions)),
  });
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    const start = process.cpuUsage();
    const stack = { stack: "compute-prod", plan: readPlan(json), context };
    const report = reportOnPlans([{ ...stack, repositories: [], waits: [], blocks: [] }], {
      base: "deployed",
      head: "work",
    });
    const judgedReport = judged(report, { acknowledge: [], labels: [] }, []);
    asText(judgedReport);
    asMarkdown(judgedReport);
    const { user, system } = process.cpuUsage(start);
    return { wall: performance.now() - begun, cpu: (user + system) / 1000 };
  });
  const [first] = times;
  const median = (kind: "cpu" | "wall") =>
    Math.round(times.map((time) => time[kind]).toSorted((a, b) => a - b)[2] ?? 0);
  process.stdout.write(
    `${actions.join(" and ")}: ${count} in ${median("wall")} ms, ${median("cpu")} ms of CPU time; the first time ${Math.round(first?.wall ?? 0)} ms, ${Math.round(first?.cpu ?? 0)} ms\n`,
  );
}

// As a synth of thousands of repositories leaves V8: see writeStacks in app.ts. The commands run after they are loaded.
setFlagsFromString("--opt --semi-space-growth-factor=2");
setImmediate(() => {
  for (const actions of [["update"], ["delete"], ["delete", "create"], ["create"]]) measure(actions);
});
