import type { AssumedRole } from "../options/assumed-role";
import type { EnvironmentOutput } from "../options/environment";

/** Location of a stack's state, with every default filled in. */
export type StateLocation =
  | { readonly backend: "local" }
  | {
      readonly backend: "s3";
      readonly bucket: string;
      readonly region: string;
      readonly kmsKeyArn: string | undefined;
      readonly keyPrefix: string;
      readonly createBucket: boolean;
      /** Role with which the state is read and written. @default - the credentials of whoever runs Terraform */
      readonly role: AssumedRole | undefined;
    };

/** State in an S3 bucket. */
export type S3State = Extract<StateLocation, { backend: "s3" }>;

/** One validated environment, with every default filled in, as the layers use it. */
export interface Environment extends Omit<EnvironmentOutput, "state" | "deletionProtection"> {
  /** The file that defines it, e.g. `environments/prod.ts`. */
  readonly file: string;
  readonly deletionProtection: boolean;
  readonly state: StateLocation;
}

/** Fill in the defaults that depend on other options. */
export function withDefaults(options: EnvironmentOutput): Omit<Environment, "file"> {
  const { state, deletionProtection = options.tier === "production" } = options;
  return {
    ...options,
    deletionProtection,
    state:
      state.backend === "local"
        ? state
        : {
            ...state,
            region: state.region ?? options.region,
            kmsKeyArn: state.kmsKeyArn,
            keyPrefix: state.keyPrefix ?? options.project,
            role: options.deployRole,
          },
  };
}
