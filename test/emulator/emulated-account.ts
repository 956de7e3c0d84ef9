import { AwsTruth } from "./aws-truth";
import { type Emulator, startEmulator } from "./emulator";
import { LambdaTruth } from "./lambda-truth";
import { type RunningProvider, startProvider } from "./running-provider";
import { SignalTruth } from "./signal-truth";
import { StateBucketTruth } from "./state-bucket";
import { Workspace } from "./workspace";

/** An account of an emulated AWS, and a copy of the project whose commands deploy into it. */
export class EmulatedAccount {
  private constructor(
    private readonly emulator: Emulator,
    private readonly provider: RunningProvider,
    readonly workspace: Workspace,
    readonly aws: AwsTruth,
    readonly signals: SignalTruth,
    readonly bucket: StateBucketTruth,
    readonly lambda: LambdaTruth,
    /** Environment variables that make a client of AWS talk to it. */
    readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** @param stateBucket the bucket that the environment's file names */
  static async open(accountId: string, stateBucket: string): Promise<EmulatedAccount> {
    const emulator = await startEmulator();
    const account = await emulator.asAccount(accountId);
    const provider = await startProvider(account);
    return new EmulatedAccount(
      emulator,
      provider,
      new Workspace({ ...account, ...provider.variables }),
      new AwsTruth(account),
      new SignalTruth(account),
      new StateBucketTruth(stateBucket, account),
      new LambdaTruth(account),
      account,
    );
  }

  async close(): Promise<void> {
    this.provider.stop();
    await this.emulator.stop();
    this.workspace.remove();
  }
}
