import { readFile } from "node:fs/promises";
import { GetObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { StateLocation } from "../../../environments/plan/environment";
import { localStateFile, stateKey } from "../../../environments/plan/stacks";
import type { AccountConnection } from "../account-connection";

/** The outputs in a state, by name. */
export type DeployedOutputs = Readonly<Record<string, unknown>>;

/** Where a stack keeps its state. */
export interface StatePlace {
  readonly stack: string;
  readonly location: StateLocation;
}

/** The states of stacks, each read once, without Terraform. */
export class DeployedStates {
  private readonly states = new Map<string, Promise<DeployedOutputs | undefined>>();

  constructor(private readonly account: Pick<AccountConnection, "stateClient">) {}

  /**
   * The outputs of a deployed stack. They may be sensitive.
   *
   * @returns `undefined` if there is no state
   * @throws Error when the state cannot be read
   */
  outputsOf(place: StatePlace): Promise<DeployedOutputs | undefined> {
    const found = this.states.get(place.stack) ?? this.read(place);
    this.states.set(place.stack, found);
    return found;
  }

  private async read(place: StatePlace): Promise<DeployedOutputs | undefined> {
    const text = place.location.backend === "local" ? await localState(place) : await this.storedState(place);
    if (text === undefined || text.trim() === "") return undefined;
    const { outputs = {} } = JSON.parse(text) as { outputs?: Record<string, { value?: unknown }> };
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  private async storedState({ stack, location }: StatePlace): Promise<string | undefined> {
    if (location.backend === "local") return undefined;
    const request = { Bucket: location.bucket, Key: stateKey(location, stack) };
    try {
      const client = await this.account.stateClient(S3Client, location);
      const { Body } = await client.send(new GetObjectCommand(request));
      return await Body?.transformToString();
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
      throw error;
    }
  }
}

async function localState({ stack }: StatePlace): Promise<string | undefined> {
  try {
    return await readFile(localStateFile(stack), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
