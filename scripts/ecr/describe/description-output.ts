import pc from "picocolors";
import { counted } from "../../../modules/values/counted";
import { sizeText } from "../../../modules/values/size-text";
import { rowsText } from "../rows";
import type { Description } from "./description";
import type { ComparedSetting } from "./difference";

/** A description as text: the facts, the settings side by side, and the policies that differ, in full. */
export function asText(description: Description): string {
  const { settings, unread } = description;
  const facts = factsOf(description)
    .map(([name, value]) => `${`${name}:`.padEnd(11)} ${value}\n`)
    .join("");
  const rows = settings.map((one) => [
    one.setting,
    cell(one, "declared"),
    cell(one, "actual"),
    one.differs ? pc.red("differs") : "",
  ]);
  const different = settings.filter(({ differs }) => differs);
  return [
    facts,
    "\n",
    rowsText(["setting", "environment file", "AWS", "difference"], rows),
    ...different.filter(isPolicy).map(inFull),
    ...Object.entries(unread).map(([setting, reason]) => `${setting}: ${reason}\n`),
    `${verdict(description, different.length)}\n`,
  ].join("");
}

function factsOf(description: Description): [string, string][] {
  const { name, url, arn, createdAt, images, replicas, consumers, accountId, region } = description;
  return [
    ["repository", name],
    ["account", `${accountId}, ${region}`],
    ["url", url],
    ["arn", arn],
    ...(createdAt === null ? [] : ([["created", createdAt.slice(0, 10)]] as [string, string][])),
    ...(images === null
      ? []
      : ([
          [
            "images",
            `${images.count}, at most ${sizeText(images.bytes)}, last push ${images.lastPush?.slice(0, 10) ?? "-"}, last pull ${images.lastPull?.slice(0, 10) ?? "-"}`,
          ],
        ] as [string, string][])),
    ...replicas.map((replica): [string, string] => ["replica", replica]),
    ...consumers.map((consumer): [string, string] => ["run by", consumer]),
  ];
}

const isPolicy = ({ setting }: ComparedSetting): boolean => setting.endsWith("Policy");

const inFull = ({ setting, declared, actual }: ComparedSetting): string =>
  `\n${setting} in the environment file:\n${JSON.stringify(declared, null, 2)}\n${setting} at AWS:\n${JSON.stringify(actual, null, 2)}\n`;

/** A value in a table: policies as the number of their parts. */
function cell(compared: ComparedSetting, side: "declared" | "actual"): string {
  if (!(side in compared)) return "-";
  const value = compared[side];
  if (value === null) return "none";
  if (Array.isArray(value)) return value.join("\n") || "none";
  if (typeof value !== "object") return String(value);
  if (!isPolicy(compared))
    return (
      Object.entries(value as object)
        .map(([key, one]) => `${key}=${one}`)
        .join("\n") || "none"
    );
  const { rules, Statement } = value as { rules?: unknown[]; Statement?: unknown };
  if (rules !== undefined) return counted(rules.length, "rule");
  return counted(Array.isArray(Statement) ? Statement.length : 1, "statement");
}

function verdict({ exists, name, region, environment, kind }: Description, differences: number): string {
  if (!exists)
    return kind === "cache"
      ? `There is no repository ${name} in ${region} yet; ECR creates it on the first pull.`
      : `There is no repository ${name} in ${region}; deploy it: npm run deploy -- ${environment}`;
  if (differences === 0) return "AWS has what the environment file says.";
  const settings = counted(differences, "setting");
  return kind === "cache"
    ? `${settings} of ${name} differ: a cache's options apply to repositories that ECR creates later.`
    : `${settings} of ${name} ${differences === 1 ? "differs" : "differ"} from the environment file; see what a deploy changes: npm run diff -- ${environment}`;
}
