import { z } from "zod";
import { integer, nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import { distinct } from "../schema/fields";
import { targetGroupOptions } from "./ecs-target-group";
import { cannotRename } from "./renamed-from";

/**
 * Maximum number of ranges that may connect to a load balancer, each over HTTPS and HTTP.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
const maxRanges = 30;

const certificateArn = () =>
  text(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/,
    "this must be the ARN of a certificate of AWS Certificate Manager; use arn:aws:acm:<region>:<account>:certificate/<id>",
  );

/** Who can reach a load balancer. */
const reachOptions = {
  scheme: oneOf(["internet-facing", "internal"])
    .default("internet-facing")
    .describe(
      "`internet-facing`: in the public subnets, with public addresses. `internal`: in the private subnets, with private addresses only. Another scheme replaces the load balancer.",
    ),
  allowedCidrBlocks: distinct(
    text(z.regexes.cidrv4, "this must be an IPv4 range in CIDR notation; use a range such as 203.0.113.0/24"),
    "range",
  )
    .min(1, { error: "without a range, no one can reach the load balancer; add one" })
    .max(maxRanges, {
      error: `a security group allows 60 inbound rules by default, and each range needs two; use ${maxRanges} or fewer ranges, for example larger ones`,
    })
    .optional()
    .meta({
      description: "IPv4 ranges that may connect to the load balancer.",
      defaultNote: '`["0.0.0.0/0"]`, or the range of the VPC if the load balancer is internal',
    }),
};

export const LoadBalancerOptions = object({
  certificateArn: certificateArn().describe(
    "Certificate for the host names of the load balancer, in the environment's Region.",
  ),
  ...targetGroupOptions,
  ...reachOptions,
}).describe("An Application Load Balancer for the service. It serves HTTPS and redirects HTTP to HTTPS.");

/**
 * One that services share. AWS allows 25 certificates besides the default one.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const SharedLoadBalancerOptions = object(
  {
    certificateArns: distinct(certificateArn(), "certificate")
      .min(1, { error: "the load balancer serves HTTPS only; add a certificate" })
      .max(26, {
        error: "a load balancer has up to 26 certificates; use certificates with several names",
      })
      .describe(
        "Certificates for the host names of the load balancer, in the environment's Region. Clients that name no host get the first one.",
      ),
    ...reachOptions,
  },
  cannotRename("loadBalancer"),
).describe(
  "An Application Load Balancer for several services. It serves HTTPS, redirects HTTP to HTTPS, and answers what no service matches with status code 404.",
);

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#host-conditions */
const host = text(
  /^(?=.{1,128}$)[A-Za-z0-9.*?-]*\.[A-Za-z]+$/,
  "this must be a host name with up to 128 letters, digits, hyphens and dots, in which * and ? match others, and only letters after the last dot; use a name such as shop.example.com or *.example.com",
);

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions */
const path = text(
  /^[/*][\w.$/~"'@:+&*?-]{0,127}$/,
  "this must be a path with up to 128 characters, in which * and ? match others; use a path such as /api/*",
);

/** The place of a service in a load balancer of `loadBalancers`. */
export const SharedTargetOptions = object({
  name: nonEmpty("this must be a name in ecs.loadBalancers; add it").describe("Name in `loadBalancers`."),
  hosts: distinct(host, "host name")
    .default([])
    .describe("Host names of the requests that the service gets. Empty: any host name."),
  paths: distinct(path, "path")
    .default([])
    .describe("Paths of the requests that the service gets, e.g. `/api/*`. Empty: any path."),
  priority: integer(
    1,
    16_666,
    "priorities are whole numbers from 1 to 16666; use one that no other service of the load balancer has",
  ).describe(
    "Order in which the load balancer compares a request with its services; the lowest comes first. Terraform changes it in place, one rule after the other: use a free number, and do not swap two in one deploy. In AWS, it is three times this number.",
  ),
  ...targetGroupOptions,
}).describe("Requests that the service gets from a load balancer of `loadBalancers`.");
