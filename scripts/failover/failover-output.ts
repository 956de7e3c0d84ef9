import type { FailoverPlan } from "../../environments/plan/failover";
import { table } from "../docs/markdown-table";
import { type FailoverStep, failoverSteps } from "./failover-steps";

/** The plan and its steps as JSON. */
export function asJson(plan: FailoverPlan): string {
  return `${JSON.stringify({ ...plan, steps: failoverSteps(plan) }, null, 2)}\n`;
}

/** The plan as Markdown: the steps, then the exact values. */
export function asMarkdown(plan: FailoverPlan): string {
  const { environment, region } = plan;
  const sections = [
    `# Failover of ${environment} from ${region.from} to ${region.to}`,
    "## Steps",
    ...failoverSteps(plan).map(stepText),
    "## Images of consumers",
    imagesText(plan),
    "## Repository URLs for pipelines",
    repositoriesText(plan),
    "## Permissions that name the Region",
    permissionsText(plan),
  ];
  return `${sections.join("\n\n")}\n`;
}

function stepText({ title, text, commands }: FailoverStep, index: number): string {
  const parts = [`### ${index + 1}. ${title}`, text.map((sentence) => `- ${sentence}`).join("\n")];
  if (commands.length > 0) parts.push(["```bash", ...commands, "```"].join("\n"));
  return parts.join("\n\n");
}

function imagesText({ images }: FailoverPlan): string {
  if (images.length === 0) return "The environment has no consumers.";
  const rows = images.map(({ consumer, uri, deployedFrom, obstacle }) => {
    const at = (side: "from" | "to") => uri?.[side] ?? (deployedFrom && `${deployedFrom[side]}@$DIGEST`);
    return [
      consumer,
      at("from") ?? "awaits its first push",
      obstacle === undefined ? (at("to") ?? "-") : `missing: ${obstacle}`,
    ];
  });
  return table(["consumer", "image now", "image then"], rows);
}

function repositoriesText({ repositories, notReplicated, region }: FailoverPlan): string {
  const replicated = table(
    ["repository", "URL now", "URL then"],
    repositories.map(({ repository, from, to }) => [repository, from, to]),
  );
  return notReplicated.length === 0
    ? replicated
    : `${replicated}\n\nNot replicated to ${region.to}: ${notReplicated.join(", ")}.`;
}

function permissionsText({ permissions }: FailoverPlan): string {
  if (permissions.length === 0) return "None.";
  return table(
    ["policy of", "allows", "resource now", "also needed"],
    permissions.map(({ holder, access, resource }) => [holder, access, resource.from, resource.to]),
  );
}
