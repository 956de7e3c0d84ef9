import type { Environment } from "../plan/environment";
import type { Warning } from "./warning";

/**
 * What the gallery shows and filters by. ECR accepts other names, which only its API then returns.
 *
 * @see https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_RepositoryCatalogDataInput.html
 */
const shown = {
  architectures: ["ARM", "ARM 64", "x86", "x86-64"],
  operatingSystems: ["Linux", "Windows"],
} as const;

/** Names in catalog data that the gallery does not show. */
export function publicRepositoryWarnings({ ecr }: Environment): Warning[] {
  return Object.entries(ecr.publicRepositories).flatMap(([repository, options]) =>
    (["architectures", "operatingSystems"] as const).flatMap((option) =>
      options[option].flatMap((name, index): Warning[] => {
        const known: readonly string[] = shown[option];
        if (known.includes(name)) return [];
        return [
          {
            warning: "catalog-data-not-shown",
            repository,
            path: ["ecr", "publicRepositories", repository, option, index],
            text: `The gallery does not show "${name}"; it shows ${known.join(", ")}.`,
          },
        ];
      }),
    ),
  );
}
