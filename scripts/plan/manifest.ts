import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { definitions } from "../../environments/all";
import { providerLock } from "../runner/provider-lock";

/** What a folder of saved plans holds. Digests are SHA-256 in hexadecimal digits. */
export interface Manifest {
  readonly format: typeof manifestFormat;
  /** Name of the environment. */
  readonly environment: string;
  /** When the plans were made, e.g. `2026-11-29T07:40:00.000Z`. */
  readonly created: string;
  /** In the order of deployment. */
  readonly stacks: readonly SavedStack[];
  /** Digest of every file in the folder but this one, by its path there. */
  readonly files: Readonly<Record<string, string>>;
  /** Digest of each environment file and of the provider lock, by path; `null` if there is none. */
  readonly sources: Readonly<Record<string, string | null>>;
}

/** One stack of the saved plans. */
export interface SavedStack {
  readonly stack: string;
  /** Whether the folder has a plan that can be applied. */
  readonly plan: boolean;
  /** Why it has no plan, or none that can be applied, each as a sentence. */
  readonly waits: readonly string[];
  /** Why a deploy would stop. */
  readonly blocks: readonly string[];
  /** Digest of the outputs that the plan has read, by the stack that publishes them. */
  readonly inputs: Readonly<Record<string, { readonly outputs: readonly string[]; readonly digest: string }>>;
}

/** Stands in the manifest, so that no other folder is taken for one of these. */
export const manifestFormat = "ecr-platform saved plans 1";

export const manifestFile = "manifest.json";

/** Path of a file of a stack in the folder. */
export const savedPath = (stack: string, file: "plan.tfplan" | "cdk.tf.json" | "lock.hcl"): string =>
  `stacks/${stack}/${file}`;

export const digestOf = (content: string | Buffer): string =>
  createHash("sha256").update(content).digest("hex");

/** Digest of outputs of a stack. They may be sensitive, so only the digest is kept. */
export const outputsDigest = (outputs: Readonly<Record<string, unknown>>, names: readonly string[]): string =>
  digestOf(JSON.stringify(names.toSorted().map((name) => [name, outputs[name] ?? null])));

/** The files from which stacks are synthesized and initialized, as they are now. */
export function sourceDigests(): Record<string, string | null> {
  const files = ["environments/all.ts", ...Object.keys(definitions), providerLock];
  return Object.fromEntries(
    files.map((file) => [file, existsSync(file) ? digestOf(readFileSync(file)) : null]),
  );
}
