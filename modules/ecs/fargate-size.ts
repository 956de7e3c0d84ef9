/** A size of a Fargate task: CPU units (1,024 are one vCPU), and the range of memory, in MiB, that goes with them. */
interface FargateSize {
  readonly cpu: number;
  readonly min: number;
  readonly max: number;
  /** Increment between two amounts of memory. */
  readonly step: number;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
const sizes: readonly FargateSize[] = [
  { cpu: 512, min: 1024, max: 4096, step: 1024 },
  { cpu: 1024, min: 2048, max: 8192, step: 1024 },
  { cpu: 2048, min: 4096, max: 16_384, step: 1024 },
  { cpu: 4096, min: 8192, max: 30_720, step: 1024 },
  { cpu: 8192, min: 16_384, max: 61_440, step: 4096 },
  { cpu: 16_384, min: 32_768, max: 122_880, step: 8192 },
];

/** Amounts of memory of the smallest size. They do not form a range. */
const smallest = { cpu: 256, memory: [512, 1024, 2048] } as const;

/** CPU units that a Fargate task can have. */
export const fargateCpu = [smallest.cpu, 512, 1024, 2048, 4096, 8192, 16_384] as const;

/**
 * Why Fargate does not support a combination of CPU and memory, as "rule; remedy"; `undefined` when it does.
 *
 * @param cpu one of {@link fargateCpu}
 * @param memory MiB
 */
export function fargateSizeProblem(cpu: number, memory: number): string | undefined {
  if (cpu === smallest.cpu)
    return smallest.memory.some((size) => size === memory)
      ? undefined
      : `Fargate supports ${smallest.memory.join(", ")} MiB of memory with ${cpu} CPU units; use one of these`;
  const size = sizes.find((candidate) => candidate.cpu === cpu);
  if (size === undefined) return undefined;
  const { min, max, step } = size;
  return memory >= min && memory <= max && (memory - min) % step === 0
    ? undefined
    : `Fargate supports ${min} to ${max} MiB of memory in steps of ${step} with ${cpu} CPU units; use one of these sizes or another cpu`;
}
