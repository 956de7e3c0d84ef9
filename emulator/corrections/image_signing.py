"""What moto lacks of managed signing: an account that has not configured it.

https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetSigningConfiguration.html
https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageSigningStatus.html
"""

from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.ecr.responses import ECRResponse


def get_signing_configuration(self):
    raise JsonRESTError(
        "SigningConfigurationNotFoundException",
        f"Signing configuration not found for registry {self.current_account}",
    )


def describe_image_signing_status(self):
    name, image = self._get_param("repositoryName"), self._get_param("imageId")
    self.ecr_backend.describe_images(name, None, [image])
    return ActionResult(
        {
            "repositoryName": name,
            "imageId": image,
            "registryId": self.current_account,
            "signingStatuses": [],
        }
    )


def lift():
    ECRResponse.get_signing_configuration = get_signing_configuration
    ECRResponse.describe_image_signing_status = describe_image_signing_status
