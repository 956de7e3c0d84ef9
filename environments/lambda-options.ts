import type { z } from "zod";
import { named, section } from "./fields";
import { ImageOptions } from "./image-options";

const LambdaFunctionOptions = section({
  image: ImageOptions,
}).describe("One Lambda function from an image.");

/** Lambda functions of one environment. */
export const LambdaOptions = section({
  functions: named(LambdaFunctionOptions).default({}).describe("Functions by name."),
}).describe("Lambda functions that run images of the environment's repositories.");

export type LambdaOptions = z.output<typeof LambdaOptions>;
