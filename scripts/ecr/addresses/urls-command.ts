import type { Command } from "commander";
import {
  type AddressedRepository,
  addressedRepositories,
} from "../../../environments/plan/repository-addresses";
import { repositoryOption } from "../repository-option";
import { rowsText } from "../rows";
import { chosenEnvironment, type VerbHelp, type VerbOptions, verb, writeResult } from "../verb";
import { chosenRepository, repositoryForms } from "./chosen-repository";
import { type EndpointOptions, endpointOption } from "./endpoint-option";
import { urlOf } from "./registry-url";

interface UrlsOptions extends VerbOptions, EndpointOptions {
  readonly repository?: string;
  readonly region?: string;
}

const help: VerbHelp = {
  notes: `Needs no credentials: the URLs follow from the environment file, and are those of the output ecr_repository_urls.
Lists repositories, their replicas, the prefixes of pull-through caches, and repositories that others create. Of a public
repository, AWS chooses the alias: aws ecr-public describe-registries --region us-east-1 prints it.`,
  silent: true,
  exitCodes: { 0: "the URLs are printed", 1: "there is no such environment or repository" },
  examples: [
    "--env dev",
    "--env dev --repository web-app",
    "--env prod --repository web-app --region us-west-2",
    "--env dev --endpoint dual-stack --json",
  ],
};

/** `urls`: where images are pushed to and pulled from. Calls nothing. */
export function urlsCommand(): Command {
  return verb("urls", "Print the URLs of the repositories, their replicas and the caches.", help)
    .addOption(repositoryOption(`print the URL of this one only: ${repositoryForms}`))
    .option("--region <region>", "with --repository: the Region of a replica")
    .addOption(endpointOption())
    .action((options: UrlsOptions) => {
      const environment = chosenEnvironment(options);
      const { repository, region, endpoint } = options;
      if (repository !== undefined) {
        const chosen = chosenRepository(environment, { repository, ...(region !== undefined && { region }) });
        writeResult(options, entry(chosen, options), () => `${urlOf(chosen, endpoint)}\n`);
        return;
      }
      const all = addressedRepositories(environment)
        .filter((one) => region === undefined || one.region === region)
        .map((one) => entry(one, options));
      writeResult(options, { environment: environment.name, repositories: all }, () =>
        rowsText(
          ["repository", "kind", "account", "region", "url"],
          all.map(({ repository: name, name: fullName, kind, accountId, region: where, url, upstream }) => [
            name,
            upstream === undefined ? kind : `cache of ${upstream}`,
            accountId,
            where,
            url ?? `public.ecr.aws/<alias>/${fullName}`,
          ]),
        ),
      );
    });
}

function entry(repository: AddressedRepository, { endpoint }: EndpointOptions) {
  return { ...repository, url: urlOf(repository, endpoint) ?? null };
}
