import type { z } from "zod";
import { section } from "./fields";

/** Roles that CI systems take on by OIDC. */
export const CiOptions = section({}).describe(
  "Roles that pipelines take on without stored credentials (OIDC).",
);

export type CiOptions = z.output<typeof CiOptions>;
