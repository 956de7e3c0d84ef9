import type { Environment } from "../../../environments/plan/environment";
import { rowsText } from "../rows";
import type { ManagedRule, SigningStatus } from "./signing-status";

/** An image, and what is known of its signatures. */
export interface ImageSigning extends SigningStatus {
  /** As messages name it, e.g. `web-app:v1.2.3`. */
  readonly label: string;
  /** Whether the gate requires a signature. */
  readonly required: boolean;
  /** Whether ECR signs what is pushed to the repository. */
  readonly onPush: boolean;
}

/** A row for each image, and how the registry signs. */
export function signingText(
  { name }: Environment,
  rules: readonly ManagedRule[],
  images: readonly ImageSigning[],
): string {
  const managed =
    rules.length === 0
      ? "ECR signs nothing that is pushed: managed signing is not configured."
      : `ECR signs what is pushed: ${rules.map(ruleText).join("; ")}.`;
  if (images.length === 0) return `No consumer of ${name} names an image.\n${managed}\n`;
  const head = ["image", "digest", "signatures", "managed signing", "required"];
  return `${rowsText(head, images.map(cellsOf))}${managed}\n`;
}

const ruleText = ({ profile, filters }: ManagedRule): string =>
  `${filters.join(", ") || "every repository"} with ${profile}`;

function cellsOf({ label, digest, signatures, managed, onPush, required }: ImageSigning): string[] {
  const found = signatures.map(({ type, by }) => `${type} (${by})`).join(", ");
  const did = managed.map(({ status = "unknown", failureCode }) =>
    failureCode === undefined ? status : `${status}: ${failureCode}`,
  );
  return [
    label,
    digest?.slice(0, 19) ?? "no such image",
    found || "none",
    did.join(", ") || (onPush ? "no status" : "-"),
    required ? "yes" : "no",
  ];
}

/** The same as JSON. */
export function signingJson(
  environment: Environment,
  rules: readonly ManagedRule[],
  images: readonly ImageSigning[],
): object {
  return {
    environment: environment.name,
    managedSigning: rules,
    images: images.map(({ label, digest = null, signatures, managed, onPush, required }) => ({
      ...{ image: label, digest, signed: signatures.length > 0, required, signedOnPush: onPush },
      ...{ signatures, managedStatuses: managed },
    })),
  };
}
