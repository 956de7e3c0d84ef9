import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { dependable } from "cdktf";
import type { FargateServiceModule } from "./fargate-service-module";

/**
 * Lets a client connect to a server. The client starts after it, because tasks find only servers that exist when their
 * deployment starts.
 *
 * @param port of the server's container, on which its proxy listens
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
 */
export function connectServices(
  client: { readonly name: string; readonly module: FargateServiceModule },
  server: FargateServiceModule,
  port: number,
): void {
  const rule = new VpcSecurityGroupIngressRule(server, `from_${client.name}_${port}`, {
    securityGroupId: server.groupId,
    description: `From ${client.name} through Service Connect`,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    referencedSecurityGroupId: client.module.groupId,
    lifecycle: { createBeforeDestroy: true },
  });
  const { service } = client.module;
  if (service === undefined) return;
  const earlier = [rule, ...(server.service ? [server.service] : [])];
  service.dependsOn = [...(service.dependsOn ?? []), ...earlier.map(dependable)];
}
