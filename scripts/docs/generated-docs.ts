import { environmentJsonSchema } from "./option-schema";
import { optionsPage } from "./options-page";

/** The files that `npm run docs` writes: text by path. */
export function generatedDocs(): Record<string, string> {
  return {
    "docs/environment.schema.json": `${JSON.stringify(environmentJsonSchema(), null, 2)}\n`,
    "docs/options.md": optionsPage(),
  };
}
