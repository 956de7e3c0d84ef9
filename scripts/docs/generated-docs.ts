import { limitsPage } from "./limits-page";
import { optionsPage } from "./options-page";

/** The files that `npm run docs` writes: contents by path. */
export function generatedDocs(): Record<string, string> {
  return {
    "docs/limits.md": limitsPage(),
    "docs/options.md": optionsPage(),
  };
}
