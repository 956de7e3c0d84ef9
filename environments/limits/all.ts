import { ciLimits } from "./ci";
import { consumerLimits } from "./consumers";
import { ecrLimits } from "./ecr";
import { environmentLimits } from "./environment";
import type { Limits } from "./limit";
import { networkLimits } from "./network";

/** The limit of every option that can be too long, too large or too many, by its path. */
export const optionLimits: Limits = {
  ...environmentLimits,
  ...ciLimits,
  ...ecrLimits,
  ...networkLimits,
  ...consumerLimits,
};
