import type { ComparedSetting } from "./difference";
import type { SettingName } from "./settings";

/** The images of a repository, counted. */
export interface ImageTotals {
  readonly count: number;
  /**
   * Sum of the compressed sizes. Images that share layers count them each, so ECR stores, and bills, this or less.
   */
  readonly bytes: number;
  readonly lastPush: string | null;
  readonly lastPull: string | null;
}

/** Everything about one repository. */
export interface Description {
  readonly environment: string;
  readonly repository: string;
  readonly kind: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly url: string;
  readonly arn: string;
  /** Whether AWS has it. */
  readonly exists: boolean;
  readonly createdAt: string | null;
  readonly images: ImageTotals | null;
  /** URLs of the replicas. */
  readonly replicas: readonly string[];
  /** Where the environment file runs its images, e.g. `ecs.services.web-app`. */
  readonly consumers: readonly string[];
  readonly settings: readonly ComparedSetting[];
  /** Settings that could not be read, with the reason. */
  readonly unread: Readonly<Partial<Record<SettingName, string>>>;
}

/** 3 if AWS has no such repository, 2 if a setting differs, 1 if one could not be read, otherwise 0. */
export function exitCodeOf({ exists, settings, unread }: Description): 0 | 1 | 2 | 3 {
  if (!exists) return 3;
  if (settings.some(({ differs }) => differs)) return 2;
  return Object.keys(unread).length > 0 ? 1 : 0;
}
