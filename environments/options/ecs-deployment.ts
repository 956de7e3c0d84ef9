import { boolean, integer, object, oneOf, text } from "../../modules/values/fields";
import { distinct } from "../schema/fields";
import { OwnAlarmOptions } from "./ecs-alarms";

const minutes = (what: string) => integer(0, 1440, `${what} takes 0 to 1440 minutes; use a whole number`);

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html */
const TestHeaderOptions = object({
  name: text(
    /^(?!host$)[\w!#$%&'+.^`|~-]{1,40}$/i,
    "this must be the name of an HTTP header other than Host, with up to 40 characters; use a name such as X-Test",
  ).describe("Name of the header."),
  value: text(
    /^[ -)+->@-~]{1,128}$/,
    "this must be the value of a header, with up to 128 printable ASCII characters except * and ?, which match others; use a value such as new",
  ).describe("Value of the header."),
}).describe("Header of the requests that ECS sends to the new tasks before all others.");

/** How ECS deploys a service. */
export const EcsDeploymentOptions = object({
  alarms: distinct(
    text(
      /^(?!arn:)\S(?:[^\p{Cc}]{0,253}\S)?$/u,
      "this must be the name of a CloudWatch alarm, up to 255 characters, without spaces around it; use the name and not the ARN",
    ),
    "alarm",
  )
    .min(1, {
      error: "the AWS provider cannot remove the last alarm; name it, and set enableAlarms: false",
    })
    .optional()
    .meta({
      description:
        "Names of existing CloudWatch alarms in the account and Region. A deployment during which one of them goes into `ALARM` fails, and ECS rolls it back.",
      defaultNote: "as in AWS: none at first, and later those that the service has",
    }),
  ownAlarms: OwnAlarmOptions.optional().meta({ defaultNote: "none" }),
  enableAlarms: boolean().optional().meta({
    description:
      "Whether ECS watches `alarms` and `ownAlarms`. To remove them, first deploy `false`: the AWS provider leaves them alone if the file no longer names them.",
    defaultNote: "`true`",
  }),
  strategy: oneOf(["rolling", "blueGreen", "linear", "canary"]).optional().meta({
    description:
      "How ECS replaces tasks. `rolling`: in batches. The others start all new tasks next to the old ones, and shift the traffic of the load balancer: at once (`blueGreen`), in equal steps (`linear`), or one step and then the rest (`canary`).",
    defaultNote: "as in AWS: `rolling` at first, and later what the service has",
  }),
  bakeMinutes: minutes("a bake time").optional().meta({
    description:
      "Minutes for which the old tasks stay after the traffic has shifted, so that ECS can shift it back at once.",
    defaultNote: "`15` if `strategy` shifts traffic",
  }),
  stepPercent: integer(1, 100, "a step shifts 1 to 100 percent of the traffic; use a whole number")
    .optional()
    .meta({
      description:
        "Percentage of the traffic that each step of `linear`, or the first one of `canary`, shifts.",
      defaultNote: "`10` for `linear`, `5` for `canary`",
    }),
  stepMinutes: minutes("a step").optional().meta({
    description: "Minutes from one step to the next.",
    defaultNote: "`6` for `linear`, `10` for `canary`",
  }),
  testHeader: TestHeaderOptions.optional().meta({
    defaultNote: "no request reaches the new tasks before the traffic shifts",
  }),
}).describe("How ECS deploys the service, and which alarms roll a deployment back.");
