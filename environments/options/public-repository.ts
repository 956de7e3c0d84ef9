import type { z } from "zod";
import { publicNameProblem } from "../../modules/ecr/public/public-repository";
import { boolean, nonEmpty, object, text } from "../../modules/values/fields";
import { distinct, fullName } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { renamedFrom } from "./renamed-from";

const catalogText = (what: string) => nonEmpty(`${what} is text; remove it or write some`);

const badge = (what: string, example: string) =>
  text(
    /^\S(?:.{0,48}\S)?$/,
    `${what} has 1 to 50 characters, without spaces around them; use a name such as ${example}`,
  );

/** Options of one repository in the Amazon ECR Public Gallery. */
export const PublicRepositoryOptions = object({
  description: catalogText("a description")
    .optional()
    .meta({ description: "Short description, which the gallery also searches.", defaultNote: "none" }),
  aboutText: catalogText("this")
    .optional()
    .meta({ description: "Longer description, in Markdown.", defaultNote: "none" }),
  usageText: catalogText("this")
    .optional()
    .meta({ description: "How to use the images, in Markdown.", defaultNote: "none" }),
  architectures: distinct(badge("an architecture", "x86-64"), "architecture")
    .default([])
    .describe(
      "Architectures of the images. The gallery shows `ARM`, `ARM 64`, `x86` and `x86-64`, and filters by them.",
    ),
  operatingSystems: distinct(badge("an operating system", "Linux"), "operating system")
    .default([])
    .describe(
      "Operating systems of the images. The gallery shows `Linux` and `Windows`, and filters by them.",
    ),
  name: fullName(publicNameProblem).meta({
    description:
      "Full name without the alias of the registry, such as `team/cli`, instead of what `naming` makes of the short name. Changing it replaces the repository.",
    defaultNote: "`naming.repository` with the short name",
  }),
  renamedFrom: renamedFrom(),
  forceDelete: boolean()
    .default(false)
    .describe(
      "Delete the repository even if it contains images. Terraform uses the value of the last deployment.",
    ),
}).describe(
  "One repository in the Amazon ECR Public Gallery, from which everyone can pull. Catalog data that you remove from the file stays in the gallery: replace it instead.",
);

export type PublicRepositoryOptions = z.output<typeof PublicRepositoryOptions>;

/** The options before validation. */
export type UncheckedPublicRepository = Unchecked<PublicRepositoryOptions>;
