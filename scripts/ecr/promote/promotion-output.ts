import { counted } from "../../../modules/values/counted";
import { asText as scansText } from "../image/scan-output";
import type { Severity } from "../image/severity";
import type { RepositoryId } from "../image-input";
import type { Promotion } from "./promote-image";
import { movesText } from "./tag-moves";

/** What the text names. */
interface Named {
  /** The image as the user wrote it. */
  readonly named: string;
  readonly target: RepositoryId;
  /** Short name of the target's repository. */
  readonly shortName: string;
  readonly options: { readonly to: string; readonly severity: Severity; readonly acceptFindings?: string };
}

/** What was found and done, and what to do next. */
export function promotionText(promotion: Promotion, { named, target, shortName, options }: Named): string {
  const { digest, scans, refused, lacking, moves, wouldMove, total, applied, problems } = promotion;
  const lines = [scansText(named, scans, options.severity).trimEnd()];
  if (options.acceptFindings !== undefined) lines.push(`Findings are accepted: ${options.acceptFindings}`);
  if (refused) {
    lines.push(
      `The gate refuses ${named}; nothing was copied. Fix the findings, or copy it with --accept-findings "<reason>".`,
    );
    return `${lines.join("\n")}\n`;
  }
  const belongs = counted(total - 1, "image belongs to it", "images belong to it");
  lines.push(`${named} is ${digest}; ${belongs} (platforms, signatures, SBOMs).`);
  if (!applied) lines.push(...movesText(moves, target.repositoryName));
  if (lacking.length === 0) lines.push(`${target.repositoryName} has all of it already.`);
  else if (applied)
    lines.push(
      ...moves
        .filter(({ immutable }) => !immutable)
        .map(({ tag, from, to }) => `The tag ${tag} was on ${from}, and is to be on ${to}.`),
      `${counted(lacking.length - problems.length, "image was", "images were")} copied to ${target.repositoryName}.`,
    );
  else
    lines.push(
      `${counted(lacking.length, "image or tag is", "images or tags are")} missing in ${target.repositoryName}. To copy: ${wouldMove ? "--move-tags " : ""}--apply`,
    );
  lines.push(...problems);
  if (problems.length === 0 && (applied || lacking.length === 0))
    lines.push(
      `In environments: image: { repository: "${shortName}", digest: "${digest}" }`,
      `Or let the file be changed: npm run ecr -- pin --env ${options.to} --image ${shortName}@${digest} --apply`,
    );
  return `${lines.join("\n")}\n`;
}
