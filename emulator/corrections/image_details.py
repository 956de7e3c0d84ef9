"""What lists images in ECR, which moto lacks: pages, referrers with their subjects, and the time of the last pull.

https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageDetail.html
"""

import json
import time

from moto.core.responses import ActionResult
from moto.ecr import models as ecr
from moto.ecr.responses import ECRResponse

batch_get_image = ecr.ECRBackend.batch_get_image


def manifest_of(image):
    return json.loads(image.image_manifest)


def artifact_type(image):
    """That of the manifest, or else of its configuration.

    https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidelines-for-artifact-usage
    """
    manifest = manifest_of(image)
    return manifest.get("artifactType") or manifest.get("config", {}).get("mediaType")


def batch_get_counted(self, repository_name, registry_id=None, image_ids=None):
    """Counts as a pull. https://github.com/aws/containers-roadmap/issues/2390"""
    answer = batch_get_image(self, repository_name, registry_id, image_ids)
    for image in answer["images"]:
        image.last_recorded_pull_time = int(time.time())
    return answer


def detail(image):
    fields = {
        "registryId": image.registry_id,
        "repositoryName": image.repository_name,
        "imageDigest": image.image_digest,
        "imageTags": list(image.image_tags) or None,
        "imageSizeInBytes": image.image_size_in_bytes,
        "imagePushedAt": image.image_pushed_at,
        "imageManifestMediaType": image.image_manifest_media_type,
        "artifactMediaType": artifact_type(image),
        "subjectManifestDigest": manifest_of(image).get("subject", {}).get("digest"),
        "lastRecordedPullTime": getattr(image, "last_recorded_pull_time", None),
        "imageStatus": "ACTIVE",
    }
    return {name: value for name, value in fields.items() if value is not None}


def page(items, request, default, most):
    """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html"""
    start = int(request._get_param("nextToken") or 0)
    end = start + min(request._get_param("maxResults") or default, most)
    return items[start:end], {"nextToken": str(end)} if end < len(items) else {}


def describe_images(self):
    name, registry, ids = map(self._get_param, ("repositoryName", "registryId", "imageIds"))
    images = list(self.ecr_backend.describe_images(name, registry, ids))
    shown, more = page(images, self, 100, 1000)
    return ActionResult({"imageDetails": [detail(image) for image in shown], **more})


def list_image_referrers(self):
    """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImageReferrers.html"""
    subject = self._get_param("subjectId")["imageDigest"]
    repository = self.ecr_backend._get_repository(self._get_param("repositoryName"))
    referrers = [
        {
            "digest": image.image_digest,
            "mediaType": image.image_manifest_media_type,
            "artifactType": artifact_type(image),
            "size": len(image.image_manifest),
            "annotations": manifest_of(image).get("annotations", {}),
            "artifactStatus": "ACTIVE",
        }
        for image in repository.images
        if manifest_of(image).get("subject", {}).get("digest") == subject
    ]
    shown, more = page(referrers, self, 20, 50)
    return ActionResult({"referrers": shown, **more})


def lift():
    ecr.ECRBackend.batch_get_image = batch_get_counted
    ECRResponse.describe_images = describe_images
    ECRResponse.list_image_referrers = list_image_referrers
