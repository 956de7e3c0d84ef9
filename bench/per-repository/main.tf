# The repositories of an environment, each from a module that also sets how the repository is scanned and replicated.
# Nothing here is wrong for a single repository. npm run bench:owner applies it to an emulated AWS.

variable "repositories" {
  description = "Name in ECR, the scan frequency and the Regions that each repository asks for"
  type = map(object({
    scan_frequency = string
    regions        = list(string)
  }))
}

module "repository" {
  source   = "./repository"
  for_each = var.repositories

  name           = each.key
  scan_frequency = each.value.scan_frequency
  regions        = each.value.regions
}
