variable "name" {
  type = string
}

variable "scan_frequency" {
  type = string
}

variable "regions" {
  type = list(string)
}

data "aws_caller_identity" "current" {}

resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = "IMMUTABLE"
}

# AWS keeps one such configuration per account and Region, so each repository replaces that of the others.
resource "aws_ecr_registry_scanning_configuration" "this" {
  scan_type = "ENHANCED"

  rule {
    scan_frequency = var.scan_frequency
    repository_filter {
      filter      = var.name
      filter_type = "WILDCARD"
    }
  }
}

# The same holds for this one.
resource "aws_ecr_replication_configuration" "this" {
  count = length(var.regions) > 0 ? 1 : 0

  replication_configuration {
    rule {
      dynamic "destination" {
        for_each = var.regions
        content {
          region      = destination.value
          registry_id = data.aws_caller_identity.current.account_id
        }
      }
      repository_filter {
        filter      = var.name
        filter_type = "PREFIX_MATCH"
      }
    }
  }
}
