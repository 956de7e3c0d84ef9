import type { Reporter, TestModule, Vitest } from "vitest/node";
import { leftOut } from "./left-out";

/** How long something took. */
export interface Timing {
  readonly name: string;
  /** By the clock, in milliseconds. */
  readonly duration: number;
  /** User and system time with all processes that it started, but for the emulator, in seconds. Only files have it. */
  readonly cpuSeconds?: number | undefined;
}

/**
 * Prints at the end of a run how long each project took, which test files took longest, and what `npm test` has left to
 * another command.
 */
export default class SlowestFilesReporter implements Reporter {
  private vitest: Vitest | undefined;
  /** When the first file of each project began and the last one ended, in milliseconds since 1970. */
  private readonly spans = new Map<string, { start: number; end: number }>();

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunStart(): void {
    this.spans.clear();
  }

  onTestModuleQueued({ project }: TestModule): void {
    const now = Date.now();
    if (!this.spans.has(project.name)) this.spans.set(project.name, { start: now, end: now });
  }

  onTestModuleEnd({ project }: TestModule): void {
    const span = this.spans.get(project.name);
    if (span) span.end = Date.now();
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const projects = [...this.spans].map(([name, { start, end }]) => ({ name, duration: end - start }));
    const files = modules.map((module) => ({
      name: module.relativeModuleId,
      duration: durationOf(module),
      cpuSeconds: module.meta().cpuSeconds,
    }));
    this.vitest?.logger.log(timeReport(projects, files));
    const left = leftOut(files.map(({ name }) => name));
    if (left !== undefined) this.vitest?.logger.log(left);
  }
}

/** From the start of its import to the end of its last hook. */
function durationOf(module: TestModule): number {
  const { environmentSetupDuration, prepareDuration, setupDuration, collectDuration, duration } =
    module.diagnostic();
  return environmentSetupDuration + prepareDuration + setupDuration + collectDuration + duration;
}

/** The lines to print: every project, and the ten slowest files. */
export function timeReport(projects: readonly Timing[], files: readonly Timing[]): string {
  const line = ({ name, duration, cpuSeconds }: Timing) => {
    const cpu = cpuSeconds === undefined ? "" : ` (CPU ${cpuSeconds.toFixed(1)} s)`;
    return `${(duration / 1000).toFixed(1).padStart(8)} s  ${name}${cpu}`;
  };
  const slowest = files.toSorted((a, b) => b.duration - a.duration).slice(0, 10);
  return ["Time by project", ...projects.map(line), "Slowest files", ...slowest.map(line), ""].join("\n");
}
