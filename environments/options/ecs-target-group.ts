import { integer, object, text } from "../../modules/values/fields";

const threshold = () => integer(2, 10, "a load balancer counts 2 to 10 checks in a row; use a whole number");

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html */
const StickinessOptions = object({
  durationSeconds: integer(
    1,
    604_800,
    "requests of a client stay with a task for 1 to 604800 seconds (7 days); use a whole number",
  )
    .default(86_400)
    .describe("Seconds for which the requests of a client go to the same task."),
  cookieName: text(
    /^(?!AWSALB(?:APP|TG)?(?:CORS)?(?:-\d+)?$)[!#$%&'*+\-.^`|~\w]{1,256}$/,
    "this must be the name of a cookie, and AWS reserves AWSALB, AWSALBAPP and AWSALBTG; use the name of the cookie that the application sets",
  )
    .optional()
    .meta({
      description: "Cookie of the application that identifies a client.",
      defaultNote: "the load balancer sets a cookie of its own",
    }),
}).describe("Sends the requests of one client to the same task.");

/** Health check and attributes of a target group. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export const targetGroupOptions = {
  healthCheckPath: text(
    /^\/[\w.~%/?&=-]{0,1023}$/,
    "this must be the path of a URL with up to 1024 characters; use a path such as /health",
  )
    .default("/")
    .describe("Path for which a healthy container returns a status code of `healthCheckStatusCodes`."),
  healthCheckStatusCodes: text(
    /^(?:[2-4]\d\d(?:-[2-4]\d\d)?)(?:,[2-4]\d\d(?:-[2-4]\d\d)?){0,49}$/,
    'these must be status codes from 200 to 499; use a code, a range or both, e.g. "200-299" or "200,302"',
  )
    .default("200-299")
    .describe("Status codes of a healthy container: codes and ranges, separated by commas."),
  healthCheckIntervalSeconds: integer(
    5,
    300,
    "a load balancer checks every 5 to 300 seconds; use a whole number",
  )
    .optional()
    .meta({ description: "Seconds between two health checks of a task.", defaultNote: "`30`" }),
  healthCheckTimeoutSeconds: integer(2, 120, "a health check may take 2 to 120 seconds; use a whole number")
    .optional()
    .meta({
      description:
        "Seconds after which a health check without a response has failed; less than the time between two checks.",
      defaultNote: "`5`",
    }),
  healthyThreshold: threshold().optional().meta({
    description: "Successes in a row after which an unhealthy task gets requests again.",
    defaultNote: "`3`",
  }),
  unhealthyThreshold: threshold().optional().meta({
    description: "Failures in a row after which a task is unhealthy, and ECS replaces it.",
    defaultNote: "`3`",
  }),
  deregistrationDelaySeconds: integer(
    0,
    3600,
    "a load balancer waits for 0 to 3600 seconds; use a whole number",
  )
    .default(30)
    .describe(
      "Deregistration delay: seconds that the load balancer gives in-flight requests to complete. ECS stops the task only afterward, so it adds to every deployment.",
    ),
  slowStartSeconds: integer(30, 900, "a slow start takes 30 to 900 seconds; use a whole number, or remove it")
    .optional()
    .meta({
      description: "Seconds over which a healthy new task gets more and more requests.",
      defaultNote: "a new task gets its full share at once",
    }),
  stickiness: StickinessOptions.optional().meta({ defaultNote: "any task gets a request" }),
};
