import type { Environment } from "../../../environments/plan/environment";
import { counted } from "../../../modules/values/counted";
import { gateText } from "../gate/gate-output";
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
  /** The environment that gets the image. */
  readonly to: Environment;
  readonly options: { readonly to: string; readonly severity: Severity; readonly acceptFindings?: string };
}

/** What was found and done, and what to do next. */
export function promotionText(
  promotion: Promotion,
  { named, target, shortName, to, options }: Named,
): string {
  const { digest, scans, gate, refused, lacking, moves, wouldMove, total, applied, problems } = promotion;
  const verdict =
    gate === undefined
      ? scansText(named, scans, options.severity)
      : `imageGate of ${to.name}:\n${gateText(to, [gate.result], gate.idle)}`;
  const lines = [verdict.trimEnd()];
  if (options.acceptFindings !== undefined) lines.push(`Findings are accepted: ${options.acceptFindings}`);
  if (refused) {
    const remedy =
      gate === undefined ? ' Fix the findings, or copy it with --accept-findings "<reason>".' : "";
    lines.push(`The gate refuses ${named}; nothing was copied.${remedy}`);
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
