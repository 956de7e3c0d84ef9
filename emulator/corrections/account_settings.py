"""Account settings of ECR and the list of pull-time update exclusions, which moto lacks: what is read of them.

https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutAccountSetting.html
"""

from moto.core.responses import ActionResult
from moto.ecr import models as ecr
from moto.ecr.responses import ECRResponse

# A registry without the setting answers with the default of new registries.
VALUES = {
    "BASIC_SCAN_TYPE_VERSION": ["AWS_NATIVE"],
    "REGISTRY_POLICY_SCOPE": ["V2"],
    "BLOB_MOUNTING": ["DISABLED", "ENABLED"],
}

settings = {}


def answer(request, name):
    if name not in VALUES:
        raise ecr.InvalidParameterException(f"There is no account setting '{name}'")
    value = settings.get((request.current_account, request.region, name), VALUES[name][0])
    return ActionResult({"name": name, "value": value})


def put(request):
    name, value = request._get_param("name"), request._get_param("value")
    if value not in VALUES.get(name, []):
        raise ecr.InvalidParameterException(f"'{value}' is no value of '{name}'")
    settings[(request.current_account, request.region, name)] = value
    return answer(request, name)


def lift():
    ECRResponse.put_account_setting = put
    ECRResponse.get_account_setting = lambda self: answer(self, self._get_param("name"))
    # https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListPullTimeUpdateExclusions.html
    ECRResponse.list_pull_time_update_exclusions = lambda self: ActionResult({"pullTimeUpdateExclusions": []})
