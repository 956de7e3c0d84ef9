import { existsSync, readdirSync } from "node:fs";

/** Every page of the documentation, by its path from the root of the project. */
export const docsPages: readonly string[] = [
  "README.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`)
    .toSorted(),
];

/** Every page that people read, also those for contributors. */
export const allPages: readonly string[] = [
  ...docsPages,
  ...readdirSync(".").filter((file) => file.endsWith(".md") && file !== "README.md"),
  ...readdirSync("modules")
    .map((folder) => `modules/${folder}/README.md`)
    .filter((page) => existsSync(page)),
];
