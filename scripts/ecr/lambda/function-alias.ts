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

/** Where an alias sends its traffic. */
interface Route {
  readonly version: string | undefined;
  /** Shares of further versions, from 0 to 1. */
  readonly weights: Readonly<Record<string, number>>;
}

const isRoute = (now: Route, other: Route | undefined): boolean =>
  other !== undefined && routeText(now) === routeText(other);

const routeText = ({ version, weights }: Route): string => JSON.stringify([version, Object.entries(weights)]);

/** The command that sends all traffic of an alias to a version. */
const toEnd = (functionName: string, name: string, version: string): string =>
  `aws lambda update-alias --function-name ${functionName} --name ${name} --function-version ${version} --routing-config AdditionalVersionWeights={}`;

async function described(
  account: AccountConnection,
  functionName: string,
  name: string,
): Promise<Route & { readonly revision: string | undefined }> {
  const request = new GetAliasCommand({ FunctionName: functionName, Name: name });
  const { FunctionVersion, RoutingConfig, RevisionId } = await account.ask(
    `The alias ${name} of ${functionName}`,
    () => account.client(LambdaClient).send(request),
  );
  return {
    version: FunctionVersion,
    weights: RoutingConfig?.AdditionalVersionWeights ?? {},
    revision: RevisionId,
  };
}

type AlarmStates = ReadonlyMap<string, string | undefined>;

/** The name of the first alarm in the `ALARM` state. */
const inAlarm = (states: AlarmStates): string | undefined =>
  [...states].find(([, state]) => state === "ALARM")?.[0];

/** An alias of a function at AWS. */
export class FunctionAlias {
  private revision: string | undefined;
  /** The route that was asked for last. AWS may have taken it although its answer was lost. */
  private asked: Route | undefined;
  private readonly since = new Date();
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
    const { version, weights, revision } = await described(account, functionName, name);
    const shared = Object.keys(weights);
    if (version === undefined || shared.length > 0)
      throw new CommandError(
        `The alias ${name} of ${functionName} splits its traffic between the versions ${[version, ...shared].join(" and ")}: a rollout is in progress or was interrupted. To end it and shift all traffic to version ${version}: ${toEnd(functionName, name, version ?? "")}`,
      );
    const alias = new FunctionAlias(account, functionName, name, version);
    alias.revision = revision;
    return alias;
  }

  /**
   * Route all traffic to a version, or a part of it to a second one.
   *
   * @throws CommandError when AWS refuses, e.g. because something else has moved the alias since
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
   */
  async route(version: string, next?: { readonly version: string; readonly percent: number }): Promise<void> {
    const weights = next === undefined ? {} : { [next.version]: next.percent / 100 };
    this.asked = { version, weights };
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

  /**
   * Route all traffic to a version, whether or not the last change of the routing has reached AWS.
   *
   * @throws CommandError with the command that does it, when AWS refuses or something else has moved the alias since
   */
  async back(version: string): Promise<void> {
    const { functionName, name, asked } = this;
    try {
      const now = await described(this.account, functionName, name);
      if (now.revision !== this.revision && !isRoute(now, asked))
        throw new CommandError("something else has moved it since");
      this.revision = now.revision;
      if (!isRoute(now, { version, weights: {} })) await this.route(version);
    } catch (error) {
      throw new CommandError(
        `${(error as Error).message}\nTo roll back: ${toEnd(functionName, name, version)}`,
      );
    }
  }

  /**
   * Why a rollout must not go on.
   *
   * @param all whether the alias routes all traffic to it
   * @throws CommandError when AWS does not say it
   */
  async problem(version: string, all: boolean, health: Health): Promise<string | undefined> {
    const alarm = inAlarm(await this.alarmStates(health.alarms));
    if (alarm !== undefined) return `the alarm ${alarm} is in the ALARM state`;
    const errors = await this.errors(version, all);
    if (errors <= health.maxErrors) return undefined;
    return `version ${version} has had ${errors} ${errors === 1 ? "error" : "errors"}`;
  }

  /** @throws CommandError when an alarm does not exist or is not quiet, or errors cannot be read, before anything was changed */
  async requireQuiet(alarms: readonly string[]): Promise<void> {
    const states = await this.alarmStates(alarms);
    const missing = alarms.filter((alarm) => !states.has(alarm));
    if (missing.length > 0)
      throw new CommandError(`There is no alarm ${missing.join(", ")}; create it first`);
    const alarm = inAlarm(states);
    if (alarm !== undefined)
      throw new CommandError(
        `The alarm ${alarm} is already in the ALARM state, so nothing was changed; resolve it, or omit --alarm ${alarm}`,
      );
    await this.errors(this.version, true);
  }

  /** The states of the alarms that exist, by name. */
  private async alarmStates(names: readonly string[]): Promise<AlarmStates> {
    if (names.length === 0) return new Map();
    const request = new DescribeAlarmsCommand({
      AlarmNames: [...names],
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    });
    const { MetricAlarms = [], CompositeAlarms = [] } = await this.account.ask("The alarms", () =>
      this.account.client(CloudWatchClient).send(request),
    );
    return new Map(
      [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName = "", StateValue }) => [AlarmName, StateValue]),
    );
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
