import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import type { Construct } from "constructs";
import { namePrefix } from "../../environments/naming";
import type { EcsOptions, EcsServiceOptions } from "../../environments/options/ecs";
import type { Environment } from "../../environments/plan/environment";
import { usesServiceConnect } from "../../environments/plan/service-connect";
import type {
  FargateServiceModule,
  FargateServiceModuleProps,
} from "../../modules/ecs/fargate-service-module";
import { connectServices } from "../../modules/ecs/service-connection";

/** Add the namespace of an environment if a service uses it. */
export function addNamespace(scope: Construct, environment: Environment): { readonly namespaceArn?: string } {
  if (!usesServiceConnect(environment)) return {};
  const { arn } = new ServiceDiscoveryHttpNamespace(scope, "namespace", {
    name: namePrefix(environment),
    description: `Service Connect of ${environment.project} ${environment.name}`,
  });
  return { namespaceArn: arn };
}

/** Service Connect of a service; nothing if it does not use it. */
export function serviceConnectOf(
  name: string,
  { serviceConnect, port }: EcsServiceOptions,
  namespaceArn: string,
): Pick<FargateServiceModuleProps, "serviceConnect"> {
  if (serviceConnect === undefined) return {};
  const { server } = serviceConnect;
  if (server === undefined || port === undefined) return { serviceConnect: { namespaceArn } };
  const { alias = name, aliasPort = port, ...rest } = server;
  return {
    serviceConnect: { namespaceArn, server: { name, alias: { name: alias, port: aliasPort }, ...rest } },
  };
}

/** Let clients connect to their servers, and start after them. */
export function connectAll(
  services: EcsOptions["services"],
  modules: ReadonlyMap<string, FargateServiceModule>,
): void {
  for (const [name, { serviceConnect }] of Object.entries(services))
    for (const target of serviceConnect?.connectsTo ?? []) {
      const [client, server, port] = [modules.get(name), modules.get(target), services[target]?.port];
      if (client !== undefined && server !== undefined && port !== undefined)
        connectServices({ name, module: client }, server, port);
    }
}
