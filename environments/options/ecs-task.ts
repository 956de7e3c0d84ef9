import { z } from "zod";
import { fargateCpu } from "../../modules/ecs/fargate-size";
import { integer, oneOf } from "../../modules/values/fields";

/** Size and processor of a task. */
export const taskSizeOptions = {
  cpu: z
    .literal(fargateCpu, {
      error: `Fargate supports only certain sizes; use one of ${fargateCpu.join(", ")}`,
    })
    .default(256)
    .describe("CPU units of a task; 1024 units are one vCPU."),
  memory: integer(512, 122_880, "task memory is in MiB; use a whole number from 512 to 122880")
    .default(512)
    .describe("Memory of a task in MiB. Fargate supports certain sizes for each `cpu`."),
  cpuArchitecture: oneOf(["X86_64", "ARM64"])
    .default("X86_64")
    .describe("Processor architecture that the image is built for."),
};

/** Storage of a task. */
export const ephemeralStorage = () =>
  integer(
    21,
    200,
    "Fargate gives a task 20 GiB, and more for a charge; use a whole number from 21 to 200, or remove it",
  )
    .optional()
    .meta({
      description: "Size in GiB of the storage that all containers of a task share, image included.",
      defaultNote: "`20`",
    });
