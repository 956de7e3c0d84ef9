import { type AccountConnection, reasonOf } from "../../ecr/account-connection";
import type { FoundOther } from "../found/found-registry";

/** Errors of a Region or partition that does not have a feature. */
const unsupported = /Unknown|Unsupported|InvalidAction|InvalidParameter|Validation|NotImplemented/;

/** Requests that the adoption can do without. */
export class OptionalReads {
  private readonly failed: FoundOther[] = [];

  constructor(private readonly connection: AccountConnection) {}

  /** What could not be read, and which permission it needs. */
  get unread(): readonly FoundOther[] {
    return this.failed;
  }

  /**
   * What AWS answers; `undefined` if the Region does not have the feature, or if AWS refuses, which is noted.
   *
   * @param what e.g. `the registry policy`
   */
  async read<T>(what: string, permission: string, request: () => Promise<T>): Promise<T | undefined> {
    try {
      return await request();
    } catch (error) {
      const { name } = error as Error;
      if (unsupported.test(name)) return undefined;
      const reason = reasonOf(error as Error, this.connection.environment);
      this.failed.push({
        subject: what,
        text: `could not be read, so it is unknown whether one exists; to include it, grant ${permission} and rerun: ${reason}`,
      });
      return undefined;
    }
  }
}
