import type { EcsServiceServiceConnectConfiguration } from "@cdktf/provider-aws/lib/ecs-service";
import type { AppProtocol } from "./container";

/** What a service offers through Service Connect. */
export interface ServiceConnectServer {
  /** Name in the namespace, and of the port in the task definition. Unique in the namespace. */
  readonly name: string;
  /** Name and port that clients use. */
  readonly alias: { readonly name: string; readonly port: number };
  readonly protocol: AppProtocol;
  /** @default - the proxy's */
  readonly idleTimeoutSeconds?: number | undefined;
  /** Not for `tcp`. @default - the proxy's */
  readonly requestTimeoutSeconds?: number | undefined;
}

export interface ServiceConnectProps {
  /** ARN of the Cloud Map namespace. */
  readonly namespaceArn: string;
  /** @default - the service is only a client */
  readonly server?: ServiceConnectServer;
}

/**
 * The Service Connect configuration of a service. The proxy writes to the log group of the service.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectConfiguration.html
 */
export function serviceConnectConfiguration(
  { namespaceArn, server }: ServiceConnectProps,
  { logGroup, region }: { readonly logGroup: string; readonly region: string },
): EcsServiceServiceConnectConfiguration {
  return {
    enabled: true,
    namespace: namespaceArn,
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": logGroup,
        "awslogs-region": region,
        "awslogs-stream-prefix": "service-connect",
      },
    },
    ...(server && { service: [serverConfiguration(server)] }),
  };
}

function serverConfiguration(server: ServiceConnectServer) {
  const { name, alias, idleTimeoutSeconds, requestTimeoutSeconds: perRequestTimeoutSeconds } = server;
  const hasTimeout = idleTimeoutSeconds !== undefined || perRequestTimeoutSeconds !== undefined;
  return {
    portName: name,
    discoveryName: name,
    clientAlias: { dnsName: alias.name, port: alias.port },
    ...(hasTimeout && {
      timeout: {
        ...(idleTimeoutSeconds !== undefined && { idleTimeoutSeconds }),
        ...(perRequestTimeoutSeconds !== undefined && { perRequestTimeoutSeconds }),
      },
    }),
  };
}
