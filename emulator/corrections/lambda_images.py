"""The image that a Lambda function runs, by its digest."""

from moto.awslambda.models import LambdaFunction
from moto.ecr.models import ecr_backends

get_code = LambdaFunction.get_code


def resolved(uri, account, region):
    """A digest as it is, and for a tag the digest that ECR has; moto makes one up.

    https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCodeLocation.html
    """
    if "@" in uri:
        return uri
    host, _, reference = uri.partition("/")
    name, _, tag = reference.partition(":")
    repository = ecr_backends[account][region].repositories.get(name)
    for image in repository.images if repository else []:
        if tag in image.image_tags:
            return f"{host}/{name}@{image.get_image_digest()}"
    return None


def get_code_with_digest(self):
    answer = get_code(self)
    code = answer.get("Code", {})
    if "ImageUri" in code:
        digest = resolved(code["ImageUri"], self.account_id, self.region)
        if digest:
            code["ResolvedImageUri"] = digest
    return answer


def lift():
    LambdaFunction.get_code = get_code_with_digest
