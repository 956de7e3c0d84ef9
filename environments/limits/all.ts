import { ciLimits } from "./ci";
import { ecrLimits } from "./ecr";
import { ecsLimits } from "./ecs";
import { eksLimits } from "./eks";
import { environmentLimits } from "./environment";
import { imageGateLimits } from "./image-gate";
import { lambdaLimits } from "./lambda";
import type { Limits } from "./limit";
import { networkLimits } from "./network";

/** The limit of every option that can be too long, too large or too many, by its path. */
export const optionLimits: Limits = {
  ...environmentLimits,
  ...ciLimits,
  ...ecrLimits,
  ...networkLimits,
  ...ecsLimits,
  ...lambdaLimits,
  ...eksLimits,
  ...imageGateLimits,
};
