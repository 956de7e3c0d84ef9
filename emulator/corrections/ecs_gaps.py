"""Gaps of the emulator around ECS services. `sitecustomize.py` says what such a change may do."""

import json

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.responses import ActionResult
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

create_service = EC2ContainerServiceResponse.create_service
update_service = EC2ContainerServiceResponse.update_service
run_task = EC2ContainerServiceBackend.run_task
register_scalable_target = ApplicationAutoScalingResponse.register_scalable_target


def settle(service):
    """All tasks run at once, and the deployment is completed: who waits for a steady state finds it.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
    """
    service.running_count = service.desired_count
    service.pending_count = 0
    for deployment in service.deployments:
        deployment.update(
            desiredCount=service.desired_count,
            runningCount=service.desired_count,
            pendingCount=0,
            rolloutState="COMPLETED",
            taskDefinition=service.task_definition,
        )


def create_service_with_all(self):
    """What the request says of zones, capacity and ECS Exec is kept; moto forgets it.

    A service with a capacity provider has no launch type, and one that says nothing of zones is rebalanced.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    """
    answer = create_service(self)
    service = answer.result["service"]
    service.availability_zone_rebalancing = self._get_param("availabilityZoneRebalancing") or "ENABLED"
    service.capacity_provider_strategy = self._get_param("capacityProviderStrategy") or []
    if service.capacity_provider_strategy:
        service.launch_type = None
    service.health_check_grace_period_seconds = self._get_param("healthCheckGracePeriodSeconds")
    service.enable_execute_command = self._get_param("enableExecuteCommand") or False
    service.enable_ecs_managed_tags = self._get_param("enableECSManagedTags") or False
    service.deployment_configuration = self._get_param("deploymentConfiguration")
    settle(service)
    return answer


def update_service_to_the_end(self):
    """What the request does not name of the deployment stays; moto forgets it.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
    """
    found, _ = self.ecs_backend.describe_services(self._get_param("cluster"), [self._get_param("service")])
    former = [getattr(service, "deployment_configuration", None) or {} for service in found]
    answer = update_service(self)
    service = answer.result["service"]
    if self._get_param("enableExecuteCommand") is not None:
        service.enable_execute_command = self._get_param("enableExecuteCommand")
    given = self._get_param("deploymentConfiguration") or {}
    service.deployment_configuration = {**(former[0] if former else {}), **given}
    settle(service)
    return answer


def run_task_on_fargate(self, cluster, task_definition, count, overrides, started_by, tags, launch_type, *rest, **more):
    """A task with a capacity provider of Fargate needs no instance.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
    """
    definition = self.describe_task_definition(task_definition)
    if "FARGATE" in (definition.requires_compatibilities or []):
        launch_type = "FARGATE"
    return run_task(self, cluster, task_definition, count, overrides, started_by, tags, launch_type, *rest, **more)


def resource_requirements(task_definition):
    """Containers of a task on Fargate need no CPU and memory of their own.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """
    containers = task_definition.container_definitions
    memory = [c.get("memory", c.get("memoryReservation", 0)) for c in containers]
    return {"CPU": sum(c.get("cpu", 0) for c in containers), "MEMORY": sum(memory), "PORTS": [], "PORTS_UDP": []}


def service_deployments(service):
    """The deployments of a service as resources of their own, all of them done."""
    named = f"{service.cluster_name}/{service.name}"
    arn = service.cluster_arn.rsplit(":", 1)[0]
    return [
        {
            "serviceDeploymentArn": f"{arn}:service-deployment/{named}/{deployment['id'].split('/')[1]}",
            "targetServiceRevisionArn": f"{arn}:service-revision/{named}/{deployment['id'].split('/')[1]}",
            "serviceArn": service.arn,
            "clusterArn": service.cluster_arn,
            "createdAt": deployment["createdAt"],
            "status": "SUCCESSFUL",
        }
        for deployment in service.deployments
    ]


def list_service_deployments(self):
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html"""
    services, _ = self.ecs_backend.describe_services(self._get_param("cluster"), [self._get_param("service")])
    return ActionResult({"serviceDeployments": [d for s in services for d in service_deployments(s)]})


def describe_service_deployments(self):
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html"""
    wanted = self._get_param("serviceDeploymentArns")
    found = [
        deployment
        for service in self.ecs_backend.services.values()
        for deployment in service_deployments(service)
        if deployment["serviceDeploymentArn"] in wanted
    ]
    return ActionResult({"serviceDeployments": found, "failures": []})


def tags_of(backend):
    """Tags by ARN."""
    backend.__dict__.setdefault("tags_by_arn", {})
    return backend.tags_by_arn


def register_with_tags(self):
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html"""
    answer = register_scalable_target(self)
    tags = self._get_param("Tags")
    if tags:
        tags_of(self.applicationautoscaling_backend)[json.loads(answer)["ScalableTargetARN"]] = tags
    return answer


def list_tags_for_resource(self):
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ListTagsForResource.html"""
    return json.dumps({"Tags": tags_of(self.applicationautoscaling_backend).get(self._get_param("ResourceARN"), {})})


EC2ContainerServiceResponse.create_service = create_service_with_all
EC2ContainerServiceResponse.update_service = update_service_to_the_end
# A task reads it; an interface in a VPC without DNS host names has none.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html
NetworkInterface.private_dns_name = None
# A rule for a security group has a description too; moto answers with those of ranges only.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
SecurityGroupRule.description = property(
    lambda rule: rule.ip_range.get("Description") or rule.source_group.get("Description")
)
EC2ContainerServiceBackend.run_task = run_task_on_fargate
EC2ContainerServiceBackend._calculate_task_resource_requirements = staticmethod(resource_requirements)
EC2ContainerServiceResponse.list_service_deployments = list_service_deployments
EC2ContainerServiceResponse.describe_service_deployments = describe_service_deployments
ApplicationAutoScalingResponse.register_scalable_target = register_with_tags
ApplicationAutoScalingResponse.list_tags_for_resource = list_tags_for_resource
