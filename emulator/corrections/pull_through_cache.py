"""Pull-through cache rules and repository creation templates, which moto lacks: what Terraform needs of them.

Nothing is fetched from an upstream and no repository is made: the emulator has no Docker registry.
"""

import json
import re
import time

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ecr import models as ecr
from moto.ecr.responses import ECRResponse

# https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html
PREFIX = re.compile(r"([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*/?|ROOT)")
CREDENTIALS = re.compile(
    r"arn:aws(-\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr-pullthroughcache/[a-zA-Z0-9/_+=.@-]+"
)
# https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
WITHOUT_CREDENTIALS = {"public.ecr.aws", "registry.k8s.io", "quay.io"}
# https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-private.html
PRIVATE_REGISTRY = re.compile(r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com")


class RuleNotFound(ServiceException):
    code = "PullThroughCacheRuleNotFoundException"


class RuleExists(ServiceException):
    code = "PullThroughCacheRuleAlreadyExistsException"


class TemplateNotFound(ServiceException):
    code = "TemplateNotFoundException"


class TemplateExists(ServiceException):
    code = "TemplateAlreadyExistsException"


class Records:
    """Objects of one kind by account, Region and prefix. The members are those of the API's requests."""

    def __init__(self, members, not_found, exists):
        self.members, self.not_found, self.exists = members, not_found, exists
        self.all = {}

    def of(self, request):
        return self.all.setdefault((request.current_account, request.region), {})

    def given(self, request):
        return {name: value for name in self.members if (value := request._get_param(name)) is not None}

    def create(self, request, prefix):
        if not PREFIX.fullmatch(prefix):
            raise ecr.InvalidParameterException(f"Invalid prefix '{prefix}'")
        if prefix in self.of(request):
            raise self.exists(f"There is '{prefix}' already")
        self.of(request)[prefix] = {**self.given(request), "createdAt": time.time()}
        return self.of(request)[prefix]

    def find(self, request, prefix):
        if prefix not in self.of(request):
            raise self.not_found(f"There is no '{prefix}'")
        return self.of(request)[prefix]

    def list(self, request, prefixes):
        return [self.find(request, prefix) for prefix in prefixes or self.of(request)]

    def update(self, request, prefix):
        record = self.find(request, prefix)
        record.update({**self.given(request), "updatedAt": time.time()})
        return record

    def delete(self, request, prefix):
        return self.of(request).pop(prefix) if self.find(request, prefix) else None


rules = Records(
    ["ecrRepositoryPrefix", "upstreamRegistryUrl", "credentialArn", "customRoleArn", "upstreamRepositoryPrefix"],
    RuleNotFound,
    RuleExists,
)
templates = Records(
    [
        *["prefix", "description", "encryptionConfiguration", "resourceTags", "imageTagMutability"],
        *["repositoryPolicy", "lifecyclePolicy", "appliedFor", "customRoleArn"],
    ],
    TemplateNotFound,
    TemplateExists,
)


def create_rule(self):
    credentials = self._get_param("credentialArn")
    upstream = self._get_param("upstreamRegistryUrl")
    is_private = PRIVATE_REGISTRY.fullmatch(upstream) is not None
    if (credentials is None) != (is_private or upstream in WITHOUT_CREDENTIALS):
        raise ecr.InvalidParameterException("Credentials do not go with this upstream")
    if credentials is not None and not CREDENTIALS.fullmatch(credentials):
        raise ecr.InvalidParameterException("The secret must lie below ecr-pullthroughcache/")
    if self._get_param("upstreamRepositoryPrefix") is not None and self._get_param("ecrRepositoryPrefix") == "ROOT":
        raise ecr.InvalidParameterException("An upstream prefix does not go with the prefix ROOT")
    return ActionResult(rules.create(self, self._get_param("ecrRepositoryPrefix")))


def create_template(self):
    encryption = self._get_param("encryptionConfiguration") or {}
    # https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create-iam.html
    needs_role = encryption.get("encryptionType") == "KMS" or self._get_param("resourceTags")
    if needs_role and not self._get_param("customRoleArn"):
        raise ecr.InvalidParameterException("A template with a key or tags needs a role")
    return template_answer(self, templates.create(self, self._get_param("prefix")))


def template_answer(self, record):
    return ActionResult({"registryId": self.current_account, "repositoryCreationTemplate": record})


def validate_registry_policy_action(self, policy_text):
    """https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html"""
    known = {"ecr:BatchImportUpstreamImage", "ecr:CreateRepository", "ecr:ReplicateImage"}
    # With the scope V2, every action. https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-private.html
    known |= {"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:GetImageCopyStatus"}
    for statement in json.loads(policy_text)["Statement"]:
        action = statement["Action"]
        if {action} - known if isinstance(action, str) else set(action) - known:
            raise ecr.MalformedPolicyDocument()


def lift():
    ecr.ECRBackend._validate_registry_policy_action = validate_registry_policy_action
    api = ECRResponse
    prefix = lambda self: self._get_param("ecrRepositoryPrefix")  # noqa: E731
    api.create_pull_through_cache_rule = create_rule
    api.describe_pull_through_cache_rules = lambda self: ActionResult(
        {"pullThroughCacheRules": rules.list(self, self._get_param("ecrRepositoryPrefixes"))}
    )
    api.update_pull_through_cache_rule = lambda self: ActionResult(rules.update(self, prefix(self)))
    api.delete_pull_through_cache_rule = lambda self: ActionResult(rules.delete(self, prefix(self)))
    api.create_repository_creation_template = create_template
    api.describe_repository_creation_templates = lambda self: ActionResult(
        {
            "registryId": self.current_account,
            "repositoryCreationTemplates": templates.list(self, self._get_param("prefixes")),
        }
    )
    api.update_repository_creation_template = lambda self: template_answer(
        self, templates.update(self, self._get_param("prefix"))
    )
    api.delete_repository_creation_template = lambda self: template_answer(
        self, templates.delete(self, self._get_param("prefix"))
    )
