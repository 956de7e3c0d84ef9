import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { GetAliasCommand, LambdaClient, UpdateAliasCommand } from "@aws-sdk/client-lambda";
import { CommandError } from "../../runner/command";
import type { AccountConnection } from "../account-connection";

/** How the health of a version is judged. */
export interface Health {
  /** Names of CloudWatch alarms. */
  readonly alarms: readonly string[];
  /** Errors of the new version that are still accepted. */
  readonly maxErrors: number;
}

/** Metrics have a point for each minute. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics.html */
const periodSeconds = 60;

/** The start of a minute to come. Errors of the minute in which an alias moved may be those of the old version. */
const nextMinute = (minutes = 1): Date =>
  new Date((Math.floor(Date.now() / (periodSeconds * 1000)) + minutes) * periodSeconds * 1000);

/** An alias of a function at AWS. */
export class FunctionAlias {
  private revision: string | undefined;
  private since = new Date();
  private allSince = this.since;

  private constructor(
    private readonly account: AccountConnection,
    private readonly functionName: string,
    private readonly name: string,
    /** The version that has the traffic. */
    readonly version: string,
  ) {}

  /** @throws CommandError when there is none, or when another rollout has not ended */
  static async open(account: AccountConnection, functionName: string, name: string): Promise<FunctionAlias> {
    const request = new GetAliasCommand({ FunctionName: functionName, Name: name });
    const { FunctionVersion, RoutingConfig, RevisionId } = await account.ask(
      `The alias ${name} of ${functionName}`,
      () => account.client(LambdaClient).send(request),
    );
    const shared = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
    if (FunctionVersion === undefined || shared.length > 0)
      throw new CommandError(
        `The alias ${name} of ${functionName} shares its traffic between the versions ${[FunctionVersion, ...shared.map(([version]) => version)].join(" and ")}: a rollout runs, or has been killed. To end it: aws lambda update-alias --function-name ${functionName} --name ${name} --function-version ${FunctionVersion} --routing-config AdditionalVersionWeights={}`,
      );
    const alias = new FunctionAlias(account, functionName, name, FunctionVersion);
    alias.revision = RevisionId;
    return alias;
  }

  /**
   * Send the traffic to a version, or a part of it to a second one.
   *
   * @throws CommandError when AWS refuses, e.g. because something else has moved the alias since
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
   */
  async route(version: string, next?: { readonly version: string; readonly percent: number }): Promise<void> {
    const weights = next === undefined ? {} : { [next.version]: next.percent / 100 };
    const request = new UpdateAliasCommand({
      ...{ FunctionName: this.functionName, Name: this.name, FunctionVersion: version },
      ...{ RoutingConfig: { AdditionalVersionWeights: weights }, RevisionId: this.revision },
    });
    const { RevisionId } = await this.account.ask(`The alias ${this.name} of ${this.functionName}`, () =>
      this.account.client(LambdaClient).send(request),
    );
    this.revision = RevisionId;
    if (next === undefined) this.allSince = nextMinute();
  }

  /** Measure errors from now on. */
  start(): void {
    this.since = new Date();
  }

  /**
   * Why a version must not go on.
   *
   * @param all whether the alias sends everything to it
   * @throws CommandError when AWS does not say it
   */
  async problem(version: string, all: boolean, health: Health): Promise<string | undefined> {
    const [alarm] = await this.alarmsIn("ALARM", health.alarms);
    if (alarm !== undefined) return `the alarm ${alarm} is in state ALARM`;
    const errors = await this.errors(version, all);
    if (errors <= health.maxErrors) return undefined;
    return `version ${version} has had ${errors} ${errors === 1 ? "error" : "errors"}`;
  }

  /** @throws CommandError when an alarm does not exist, or is not quiet before anything was changed */
  async requireQuiet(alarms: readonly string[]): Promise<void> {
    const known = await this.alarmsIn(undefined, alarms);
    const missing = alarms.filter((alarm) => !known.includes(alarm));
    if (missing.length > 0)
      throw new CommandError(`There is no alarm ${missing.join(", ")}; create it first`);
    const [alarm] = await this.alarmsIn("ALARM", alarms);
    if (alarm !== undefined)
      throw new CommandError(
        `The alarm ${alarm} is in state ALARM before anything was changed; look at it first`,
      );
  }

  private async alarmsIn(StateValue: "ALARM" | undefined, AlarmNames: readonly string[]): Promise<string[]> {
    if (AlarmNames.length === 0) return [];
    const request = new DescribeAlarmsCommand({
      ...{ AlarmNames: [...AlarmNames], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] },
      ...(StateValue && { StateValue }),
    });
    const { MetricAlarms = [], CompositeAlarms = [] } = await this.account.ask("The alarms", () =>
      this.account.client(CloudWatchClient).send(request),
    );
    return [...MetricAlarms, ...CompositeAlarms].flatMap(({ AlarmName }) => AlarmName ?? []);
  }

  /**
   * Errors of a version through the alias. While an alias has two versions, AWS counts each; afterwards only the alias.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html ExecutedVersion
   */
  private async errors(version: string, all: boolean): Promise<number> {
    const dimensions = {
      FunctionName: this.functionName,
      Resource: `${this.functionName}:${this.name}`,
      ...(!all && { ExecutedVersion: version }),
    };
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const Metric = { Namespace: "AWS/Lambda", MetricName: "Errors", Dimensions };
    const request = new GetMetricDataCommand({
      ...{ StartTime: all ? this.allSince : this.since, EndTime: nextMinute(2) },
      MetricDataQueries: [{ Id: "errors", MetricStat: { Metric, Period: periodSeconds, Stat: "Sum" } }],
    });
    const { MetricDataResults = [] } = await this.account.ask(`The errors of ${this.functionName}`, () =>
      this.account.client(CloudWatchClient).send(request),
    );
    return MetricDataResults.flatMap(({ Values = [] }) => Values).reduce((sum, value) => sum + value, 0);
  }
}
