import { writeFileSync } from "node:fs";
import { generatedDocs } from "./docs/generated-docs";

// npm runs scripts in the directory of package.json, to which the paths are relative.
for (const [path, text] of Object.entries(generatedDocs())) writeFileSync(path, text);
