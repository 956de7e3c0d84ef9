import { atMost, type Limits, nameIn, pages, range, under } from "./limit";

const id = (prefix: string) => atMost(32, `\`${prefix}-\` and hexadecimal digits`, pages.vpc);

/** Limits of the network's options. */
export const networkLimits: Limits = under("network", {
  vpcId: id("vpc"),
  privateSubnetIds: atMost(
    16,
    "",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html",
  ),
  "privateSubnetIds[]": id("subnet"),
  publicSubnetIds: atMost(
    16,
    "one for each Availability Zone",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
  ),
  "publicSubnetIds[]": id("subnet"),
  endpoints: atMost(9, "each once", "project"),
  privateRouteTableIds: atMost(200, "in a VPC by default", pages.vpc),
  "privateRouteTableIds[]": id("rtb"),
  cidr: atMost(
    18,
    "a private IPv4 range, `/16` to `/23`",
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
  ),
  mayOverlap: atMost(1000, "environments of the project", "project"),
  "mayOverlap[]": nameIn("environments"),
  availabilityZones: atMost(4, "the VPC's range has space for", "project"),
  "availabilityZones[]": atMost(33, "a Region and a letter", pages.regions),
  "flowLogs.retentionInDays": range(pages.logs),
});
