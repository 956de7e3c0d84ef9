import type { z } from "zod";
import { named, section } from "./fields";
import { ImageOptions } from "./image-options";

const EcsServiceOptions = section({
  image: ImageOptions,
}).describe("One ECS service on Fargate.");

/** ECS of one environment. */
export const EcsOptions = section({
  services: named(EcsServiceOptions).default({}).describe("Services by name."),
}).describe("An ECS cluster on Fargate that runs images of the environment's repositories.");

export type EcsOptions = z.output<typeof EcsOptions>;
