import { partitionOf } from "../../modules/iam/aws-partition";
import { keyText, stateText } from "../environment-files/literal-text";
import { encryptionFor, repositoryOptions } from "./answered-options";
import type { Answers } from "./answers";
import type { Surroundings } from "./surroundings";

/**
 * The text of an environment file: the repositories alone, and as comments the options that come next.
 *
 * It is as Biome formats it. Each comment that is an option is valid as it stands.
 *
 * @param constant name of the constant that it exports
 */
export function environmentText(answers: Answers, constant: string, surroundings: Surroundings): string {
  const { name, project, accountId, region, tier, repositories } = answers;
  return `import { defineEnvironment } from "./environment";

export const ${constant} = defineEnvironment({
  name: ${literal(name)},
  project: ${literal(project)},
  accountId: ${literal(accountId)},
  region: ${literal(region)},
  tier: ${literal(tier)},
${stateText(surroundings.state)}
  // Tags of every resource:
  // tags: { Team: "platform" },
  ecr: {
    // ${encryptionComment(tier)}
    encryptionType: ${literal(encryptionFor(tier))},
    // Scan findings in CloudWatch Logs, and a dashboard that counts them; AWS bills both:
    // enableScanFindingsLogging: true, enableDashboard: true,
${repositories.length === 0 ? "" : alerts}    ${repositoriesText(answers, surroundings)},
  },
  // ${repositories.length === 0 ? "Add repositories as in environments/dev.ts." : "To run the images, add network and ecs, lambda or eks."} Every option: docs/reference/options.md
});
`;
}

const alerts = `    // Messages about findings, to an SNS topic:
    // alerts: { severities: ["CRITICAL", "HIGH"] },
`;

const encryptionComment = (tier: string): string =>
  tier === "production"
    ? "A key of this environment. ECR cannot change the encryption of a repository later."
    : '"KMS" uses a key of this environment. ECR cannot change the encryption of a repository later.';

function repositoriesText(answers: Answers, surroundings: Surroundings): string {
  const { repositories, tier } = answers;
  if (repositories.length === 0) return "repositories: {}";
  const options = Object.entries(repositoryOptions(tier, surroundings)).map(
    ([option, value]) => `${option}: ${JSON.stringify(value)},`,
  );
  const entries = repositories.map((repository, index) => {
    const lines = [...options, ...(index === 0 ? nextOptions(answers) : [])];
    return `      ${keyText(repository)}: {\n${lines.map((line) => `        ${line}\n`).join("")}      },\n`;
  });
  return `repositories: {\n${entries.join("")}    }`;
}

/** Comments in the first repository. */
function nextOptions({ accountId, region, repositories: [first = "", ...others] }: Answers): string[] {
  // A replication filter is a prefix, so it would replicate such a repository too.
  const replica = others.some((name) => name.startsWith(first)) ? undefined : replicaRegion(region);
  const other = ["111122223333", "444455556666"].find((account) => account !== accountId);
  return [
    "// untaggedExpiryDays: 7,",
    "// enableLambdaPull: true,",
    `// enableCrossAccountAccess: true, allowedAccountIds: ["${other}"],`,
    ...(replica === undefined
      ? []
      : [`// enableReplication: true, replicationDestinations: [{ region: "${replica}" }],`]),
  ];
}

/** Two Regions of each partition that has two. ECR replicates within a partition. */
const replicaRegions: Readonly<Record<string, readonly string[]>> = {
  aws: ["us-west-2", "eu-west-1"],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-west-1", "us-gov-east-1"],
};

const replicaRegion = (region: string): string | undefined =>
  replicaRegions[partitionOf(region)]?.find((other) => other !== region);

const literal = (text: string): string => JSON.stringify(text);
