import { type Command, Option } from "commander";
import type { Environment } from "../../../environments/plan/environment";
import type { AddressedRepository } from "../../../environments/plan/repository-addresses";
import { patternMatcher } from "../../../modules/ecr/lifecycle/tag-pattern";
import { tagMayMove } from "../../../modules/ecr/repository/tag-mutability";
import { chosenRepository, repositoryForms } from "../addresses/chosen-repository";
import { reading } from "../reading";
import { requiredRepositoryOption } from "../repository-option";
import { rowsText } from "../rows";
import { chosenEnvironment, type VerbHelp, type VerbOptions, verb, writeResult } from "../verb";
import { FirstInOrder } from "./first-in-order";
import { tagOrder } from "./image-order";
import { dateText } from "./image-output";
import { limitOption } from "./limit-option";
import type { RepositoryReader } from "./repository-reader";

interface TagsOptions extends VerbOptions {
  readonly repository: string;
  readonly region?: string;
  readonly match?: string;
  readonly sort: "pushed" | "tag";
  readonly limit: number;
}

/** A tag, as it is printed. */
export interface TagRow {
  readonly tag: string;
  readonly digest: string;
  readonly pushed: Date | undefined;
}

const help: VerbHelp = {
  notes: `"moves" says whether the environment file lets a push give the tag to another image. Holds at most --limit tags.`,
  exitCodes: { 0: "the tags are listed", 1: "they cannot be read", 130: "stopped with Ctrl-C" },
  examples: [
    "--env dev --repository web-app",
    "--env prod --repository web-app --match 'v*' --sort tag",
    "--env prod --repository web-app --limit all --json",
  ],
};

/** `tags`: the tags of a repository with their digests. */
export function tagsCommand(): Command {
  return verb("tags", "List the tags of a repository with the digests they name.", help)
    .addOption(requiredRepositoryOption(repositoryForms))
    .option("--region <region>", "Region of a replica")
    .option("--match <pattern>", "only such tags; * matches any text")
    .addOption(
      new Option("--sort <order>", "latest pushed first, or by tag, v9 before v10")
        .choices(["pushed", "tag"])
        .default("pushed"),
    )
    .option("--limit <number>", "how many to list, or all", limitOption, 100)
    .action((options: TagsOptions) => reading((signal) => list(options, signal)));
}

async function list(options: TagsOptions, signal: AbortSignal): Promise<void> {
  const environment = chosenEnvironment(options);
  const repository = chosenRepository(environment, options);
  const { AccountConnection } = await import("../account-connection.js");
  const { RepositoryReader: Reader } = await import("./repository-reader.js");
  const account = await AccountConnection.open(environment);
  const { rows, matching } = await tagsIn(new Reader(account, repository, signal), options);
  const moves = movesIn(environment, repository);
  const tags = rows.map(({ tag, digest, pushed }) => ({
    tag,
    digest,
    pushedAt: pushed?.toISOString() ?? null,
    moves: moves(tag) ?? null,
  }));
  writeResult(options, { repository: repository.name, tags, matching }, () =>
    rowsText(
      ["tag", "digest", "pushed", "moves"],
      rows.map(({ tag, digest, pushed }) => [tag, digest, dateText(pushed), yesOrNo(moves(tag))]),
    ),
  );
  if (options.json !== true)
    process.stderr.write(
      `${repository.name}: ${matching} ${matching === 1 ? "tag" : "tags"}${rows.length < matching ? `; the first ${rows.length} are shown, --limit all shows every one` : ""}.\n`,
    );
}

/** The first tags of an order, and how many match. */
export async function tagsIn(
  reader: Pick<RepositoryReader, "images">,
  { match, sort, limit: most }: Pick<TagsOptions, "match" | "sort" | "limit">,
): Promise<{ rows: TagRow[]; matching: number }> {
  const matches = match === undefined ? () => true : patternMatcher(match);
  const byTag = (a: TagRow, b: TagRow) => tagOrder.compare(a.tag, b.tag) || (a.tag < b.tag ? -1 : 1);
  const byPush = (a: TagRow, b: TagRow) =>
    (b.pushed?.getTime() ?? 0) - (a.pushed?.getTime() ?? 0) || byTag(a, b);
  const first = new FirstInOrder<TagRow>(most, sort === "tag" ? byTag : byPush);
  let matching = 0;
  for await (const { imageTags = [], imageDigest = "", imagePushedAt } of reader.images())
    for (const tag of imageTags.filter(matches)) {
      matching += 1;
      first.add({ tag, digest: imageDigest, pushed: imagePushedAt });
    }
  return { rows: first.sorted(), matching };
}

/** Whether a tag may move, by the options of its repository; unknown where the file has none. */
function movesIn(environment: Environment, { kind, repository }: AddressedRepository) {
  const { repositories, pullThroughCache } = environment.ecr;
  const options =
    kind === "cache" ? pullThroughCache[repository.split("/")[0] ?? ""] : repositories[repository];
  return (tag: string): boolean | undefined =>
    options && tagMayMove(tag, options.imageTagMutability, options.imageTagMutabilityExclusionFilters);
}

const yesOrNo = (value: boolean | undefined): string => (value === undefined ? "-" : value ? "yes" : "no");
