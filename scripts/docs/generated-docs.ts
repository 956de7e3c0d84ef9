import { limitsPage } from "./limits-page";
import { optionsPage } from "./options-page";
import { policyFiles } from "./policy-files";
import { rulesPage } from "./rules-page";
import { checkovConfig, trivyIgnore } from "./scanner-files";

/** The files that `npm run docs` writes: contents by path. */
export function generatedDocs(): Record<string, string> {
  return {
    "docs/reference/limits.md": limitsPage(),
    "docs/reference/options.md": optionsPage(),
    "docs/reference/rules-and-warnings.md": rulesPage(),
    ...policyFiles(),
    ".checkov.yaml": checkovConfig(),
    ".trivyignore": trivyIgnore(),
  };
}
