import { literalText, withTexts } from "../../modules/terraform/literal-text";
import type { Environment } from "./environment";

declare const literal: unique symbol;

/**
 * An environment whose texts no construct takes for an expression. Layers accept no other, so a text of a file cannot
 * reach Terraform as anything but text. Everything before the layers works with the texts as they are in the file.
 */
export type LiteralEnvironment = Environment & { readonly [literal]: true };

/** The only way to a {@link LiteralEnvironment}. */
export function literalEnvironment(environment: Environment): LiteralEnvironment {
  return withTexts(environment, literalText) as LiteralEnvironment;
}
