import type { RouteTable, VpcEndpoint } from "@aws-sdk/client-ec2";
import type { EndpointService } from "../../../modules/network/endpoint-services";

/**
 * Why consumers do not reach a service through the endpoints of a VPC, as sentences.
 *
 * @param endpoints those of the service
 * @param tables route tables of the subnets in which consumers run
 */
export function endpointProblems(
  service: EndpointService,
  endpoints: readonly VpcEndpoint[],
  tables: readonly RouteTable[],
): string[] {
  if (endpoints.length === 0)
    return [`The VPC has no endpoint for ${service}, and no other way to reach it.`];
  const problems = endpoints.map((endpoint) => whyUnusable(service, endpoint, tables));
  // An interface and a gateway endpoint can stand side by side.
  return problems.includes(undefined) ? [] : problems.filter((text) => text !== undefined);
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html states come in either case */
function whyUnusable(
  service: EndpointService,
  { VpcEndpointId = "", State, VpcEndpointType, PrivateDnsEnabled, RouteTableIds = [] }: VpcEndpoint,
  tables: readonly RouteTable[],
): string | undefined {
  const which = `The endpoint ${VpcEndpointId} for ${service}`;
  if (State?.toLowerCase() !== "available") return `${which} is ${State ?? "in an unknown state"}.`;
  if (VpcEndpointType === "Gateway") {
    const without = tables.filter(({ RouteTableId = "" }) => !RouteTableIds.includes(RouteTableId));
    return without.length === 0
      ? undefined
      : `${which} is not in the route tables of the private subnets: ${without.map(({ RouteTableId }) => RouteTableId).join(", ")}.`;
  }
  return PrivateDnsEnabled === true
    ? undefined
    : `${which} has no private DNS, so the public name of the service leads past it.`;
}
