import type { Environment } from "../../../environments/plan/environment";
import { type Lack, type LackingImage, totalsOf } from "../../../modules/ecr/replication/replica-comparison";
import { counted } from "../../../modules/values/counted";
import { sizeText } from "../../../modules/values/size-text";
import { newTable } from "../table";
import type { Comparison } from "./comparison";

/** Images that the text lists for each replica; `--json` lists all. */
const listedAtMost = 20;

/** The comparison as JSON. Sizes are in bytes, times in ISO 8601. */
export function asJson({ accountId, region }: Environment, comparison: Comparison): object {
  const { replicas, inactive, problems } = comparison;
  return {
    source: { registryId: accountId, region },
    replicas: replicas.map(({ lacking, ...replica }) => {
      const { images, bytes, oldest } = totalsOf(lacking);
      return {
        ...replica,
        missing: { images, bytes, oldest: oldest?.toISOString() ?? null },
        images: lacking.map(({ pushedAt, ...image }) => ({
          ...image,
          pushedAt: pushedAt?.toISOString() ?? null,
        })),
      };
    }),
    notReplicated: { archived: inactive },
    problems,
  };
}

/** A table of the replicas, the images that each lacks, and a line with the totals. */
export function asText({ name }: Environment, { replicas, inactive }: Comparison, now: Date): string {
  const table = newTable(["repository", "replica in", "images", "missing", "size", "oldest", ""]);
  for (const { repository, destination, configured, exists, expected, lacking } of replicas) {
    const { images, bytes, oldest } = totalsOf(lacking);
    table.push([
      repository,
      `${destination.registryId} ${destination.region}`,
      expected,
      images,
      sizeText(bytes),
      oldest === undefined ? "-" : ageText(oldest, now),
      [exists ? [] : "no such repository", configured ? [] : "not replicated yet"].flat().join(", "),
    ]);
  }
  const missing = replicas.filter(({ lacking }) => lacking.length > 0);
  const lists = missing.map(
    ({ repository, destination, lacking }) =>
      `\n${repository}, missing in ${destination.registryId} ${destination.region}:\n${imagesText(lacking, now)}`,
  );
  return `${table.toString()}\n${lists.join("")}${totalText(name, replicas, inactive)}`;
}

function imagesText(lacking: readonly LackingImage[], now: Date): string {
  const table = newTable(["image", "tags", "size", "pushed", "why"]);
  const newest = lacking.toSorted((a, b) => (b.pushedAt?.getTime() ?? 0) - (a.pushedAt?.getTime() ?? 0));
  for (const { digest, tags, bytes, pushedAt, lack, missingTags } of newest.slice(0, listedAtMost))
    table.push([
      digest.slice(0, 19),
      tags.join(" ") || "-",
      sizeText(bytes),
      pushedAt === undefined ? "-" : ageText(pushedAt, now),
      lackText(lack, missingTags),
    ]);
  const more = lacking.length - listedAtMost;
  return `${table.toString()}\n${more > 0 ? `and ${counted(more, "more image", "more images")}; --json lists all\n` : ""}`;
}

function lackText(lack: Lack, missingTags: readonly string[]): string {
  if (lack === "absent") return "not there";
  return lack === "archived" ? "archived there" : `there without ${missingTags.join(" ")}`;
}

function totalText(name: string, replicas: Comparison["replicas"], inactive: number): string {
  const { images, bytes } = totalsOf(replicas.flatMap(({ lacking }) => lacking));
  const archived =
    inactive === 0
      ? ""
      : ` ${counted(inactive, "archived image is", "archived images are")} not counted: ECR does not replicate them.`;
  const total =
    images === 0
      ? "nothing is missing"
      : `${counted(images, "image is", "images are")} missing, up to ${sizeText(bytes)} to transfer`;
  return `${name}: ${counted(replicas.length, "replica", "replicas")}, ${total}.${archived}\n`;
}

/** How long ago something was, e.g. `3 days`. */
export function ageText(then: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - then.getTime()) / 60_000));
  if (minutes < 60) return counted(minutes, "minute", "minutes");
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? counted(hours, "hour", "hours") : counted(Math.floor(hours / 24), "day", "days");
}
