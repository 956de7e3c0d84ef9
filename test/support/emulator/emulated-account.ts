import { ImageRegistry } from "../../../emulator/image-registry";
import { DeployedAws } from "./deployed-aws";
import { DeployedLambda } from "./deployed-lambda";
import { DeployedMonitoring } from "./deployed-monitoring";
import { DeployedService } from "./deployed-services";
import { type Emulator, startEmulator } from "./emulator";
import { type RunningProvider, startProvider } from "./running-provider";
import { DeployedStateBucket } from "./state-bucket";
import { Workspace } from "./workspace";

/** An account of an emulated AWS, and a copy of the project whose commands deploy into it. */
export class EmulatedAccount {
  readonly aws: DeployedAws;
  readonly images: ImageRegistry;
  readonly lambda: DeployedLambda;
  readonly services: DeployedService;
  readonly signals: DeployedMonitoring;

  private constructor(
    private readonly emulator: Emulator,
    private readonly provider: RunningProvider,
    readonly workspace: Workspace,
    /** Environment variables that make a client of AWS talk to it. */
    readonly variables: Readonly<Record<string, string>>,
  ) {
    this.aws = new DeployedAws(variables);
    this.images = new ImageRegistry(variables);
    this.lambda = new DeployedLambda(variables);
    this.services = new DeployedService(variables);
    this.signals = new DeployedMonitoring(variables);
  }

  static async open(accountId: string): Promise<EmulatedAccount> {
    const emulator = await startEmulator();
    const account = await emulator.asAccount(accountId);
    const provider = await startProvider(account);
    return new EmulatedAccount(
      emulator,
      provider,
      new Workspace({ ...account, ...provider.variables }),
      account,
    );
  }

  /** The bucket that an environment's file names for its state. */
  bucket(name: string): DeployedStateBucket {
    return new DeployedStateBucket(name, this.variables);
  }

  async close(): Promise<void> {
    await this.provider.stop();
    await this.emulator.stop();
    this.workspace.remove();
  }
}
