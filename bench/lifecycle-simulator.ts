import Table from "cli-table3";
import type { Image } from "../modules/ecr/lifecycle/lifecycle-outcome";
import type { LifecyclePolicy } from "../modules/ecr/lifecycle/lifecycle-rule";
import { simulateLifecycle } from "../modules/ecr/lifecycle/lifecycle-simulator";

/** `npm run bench:lifecycle`: measure the CPU time of the lifecycle simulator, including garbage collection. */
const sizes = [1_000, 10_000, 100_000];
const runs = 7;

const now = new Date("2026-06-30T00:00:00Z");
const day = 24 * 60 * 60 * 1000;

/** Every fifth image is untagged; every tenth references the four before it. */
function repository(size: number): Image[] {
  return Array.from({ length: size }, (_, index) => ({
    imageDigest: `sha256:${index.toString(16).padStart(64, "0")}`,
    imageTags:
      index % 5 === 0 ? [] : [`pr-${index % 500}-${index}`, `v${index % 40}.${index % 100}.${index}`],
    imagePushedAt: new Date(now.getTime() - (index % 400) * day - index),
    lastRecordedPullTime: new Date(now.getTime() - (index % 90) * day),
    ...(index % 10 === 9 && {
      references: [1, 2, 3, 4].map((back) => `sha256:${(index - back).toString(16).padStart(64, "0")}`),
    }),
  }));
}

const policy: LifecyclePolicy = {
  rules: [
    ...Array.from({ length: 8 }, (_, index) => ({
      rulePriority: index + 1,
      selection: {
        tagStatus: "tagged" as const,
        tagPatternList: [`v${index}.*`, `pr-*${index}`],
        countType: "imageCountMoreThan" as const,
        countNumber: 50,
      },
      action: { type: "expire" as const },
    })),
    {
      rulePriority: 9,
      selection: {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: 14,
      },
      action: { type: "expire" },
    },
    {
      rulePriority: 10,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1000 },
      action: { type: "expire" },
    },
  ],
};

const table = new Table({
  head: ["images", "median CPU time, ms", "maximum CPU time, ms", "expired"],
  colAligns: ["right", "right", "right", "right"],
  style: { head: [], border: [] },
});
for (const size of sizes) {
  const images = repository(size);
  const { summary } = simulateLifecycle(policy, images, now);
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    simulateLifecycle(policy, images, now);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).toSorted((a, b) => a - b);
  const median = times[Math.floor(runs / 2)] ?? 0;
  table.push([size, median.toFixed(1), (times.at(-1) ?? 0).toFixed(1), summary.expiringImageTotalCount]);
}
process.stdout.write(`${policy.rules.length} rules, median of ${runs} runs\n${table.toString()}\n`);
