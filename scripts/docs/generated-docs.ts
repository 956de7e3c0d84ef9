import { optionsPage } from "./options-page";

/** The files that `npm run docs` writes: contents by path. */
export function generatedDocs(): Record<string, string> {
  return {
    "docs/options.md": optionsPage(),
  };
}
