/** Policies of ECR repositories as they are published, with account IDs in the place of placeholders. */
export interface PublishedPolicy {
  readonly source: string;
  readonly policy: { readonly Version: string; readonly Id?: string; readonly Statement: readonly object[] };
}

const pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const push = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];
const read = ["ecr:BatchCheckLayerAvailability", ...pull];
const everything = [
  ...read,
  ...push,
  "ecr:DescribeRepositories",
  "ecr:GetRepositoryPolicy",
  "ecr:ListImages",
  "ecr:DeleteRepository",
  "ecr:BatchDeleteImage",
  "ecr:SetRepositoryPolicy",
  "ecr:DeleteRepositoryPolicy",
];
const account = (id: string) => `arn:aws:iam::${id}:root`;
const user = (name: string) => `arn:aws:iam::111122223333:user/${name}`;

const guide = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html";

const allow = (Sid: string | undefined, Principal: unknown, Action: unknown, others: object = {}) => ({
  ...(Sid !== undefined && { Sid }),
  Effect: "Allow",
  Principal,
  Action,
  ...others,
});

export const publishedPolicies: readonly PublishedPolicy[] = [
  {
    source: `${guide}: one or more users`,
    policy: {
      Version: "2012-10-17",
      Statement: [
        allow("AllowPushPull", { AWS: [user("push-pull-user-1"), user("push-pull-user-2")] }, [
          ...pull,
          ...push,
        ]),
      ],
    },
  },
  {
    source: `${guide}: another account`,
    policy: {
      Version: "2012-10-17",
      Statement: [allow("AllowCrossAccountPush", { AWS: account("111122223333") }, push, { Resource: "*" })],
    },
  },
  {
    source: `${guide}: pull for some, all for one`,
    policy: {
      Version: "2012-10-17",
      Statement: [
        allow("AllowPull", { AWS: [user("pull-user-1"), user("pull-user-2")] }, pull),
        allow("AllowAll", { AWS: user("admin-user") }, ["ecr:*"]),
      ],
    },
  },
  {
    source: `${guide}: deny all`,
    policy: {
      Version: "2012-10-17",
      Statement: [{ Sid: "DenyPull", Effect: "Deny", Principal: "*", Action: pull }],
    },
  },
  {
    source: `${guide}: specific IP addresses`,
    policy: {
      Version: "2012-10-17",
      Id: "ECRPolicyId1",
      Statement: [
        {
          Sid: "IPAllow",
          Effect: "Deny",
          Principal: "*",
          Action: "ecr:*",
          Condition: {
            NotIpAddress: { "aws:SourceIp": "54.240.143.0/24" },
          },
        },
      ],
    },
  },
  {
    source: `${guide}: an AWS service`,
    policy: {
      Version: "2012-10-17",
      Statement: [
        allow("CodeBuildAccess", { Service: "codebuild.amazonaws.com" }, pull, {
          Condition: {
            ArnLike: { "aws:SourceArn": "arn:aws:codebuild:us-east-1:123456789012:project/project-name" },
            StringEquals: { "aws:SourceAccount": "123456789012" },
          },
        }),
      ],
    },
  },
  {
    source: "https://repost.aws/knowledge-center/lambda-ecr-image: the same account",
    policy: {
      Version: "2012-10-17",
      Statement: [allow("LambdaECRImageRetrievalPolicy", { Service: "lambda.amazonaws.com" }, pull)],
    },
  },
  {
    source: "what Lambda has written into policies itself, as terraformer exported it",
    policy: {
      Version: "2008-10-17",
      Statement: [
        allow(
          "LambdaECRImageRetrievalPolicy",
          { Service: "lambda.amazonaws.com" },
          [...pull, "ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy", "ecr:GetRepositoryPolicy"],
          {
            Condition: {
              StringLike: { "aws:sourceArn": "arn:aws:lambda:us-east-1:459018586415:function:*" },
            },
          },
        ),
      ],
    },
  },
  {
    source: "https://repost.aws/knowledge-center/lambda-ecr-image: another account",
    policy: {
      Version: "2012-10-17",
      Statement: [
        allow("CrossAccountPermission", { AWS: account("444455556666") }, pull),
        allow("LambdaECRImageCrossAccountRetrievalPolicy", { Service: "lambda.amazonaws.com" }, pull, {
          Condition: { StringLike: { "aws:sourceARN": "arn:aws:lambda:us-east-1:444455556666:function:*" } },
        }),
      ],
    },
  },
  {
    source: "https://github.com/danielang2020/danielang2020.github.io/blob/main/blogs/cross_account_iam.md",
    policy: {
      Version: "2008-10-17",
      Statement: [
        allow("CrossAccountPermission", { AWS: account("621523765256") }, pull),
        allow("LambdaECRImageCrossAccountRetrievalPolicy", { Service: "lambda.amazonaws.com" }, pull, {
          Condition: { StringLike: { "aws:sourceARN": "arn:aws:lambda:*:621523765256:function:*" } },
        }),
      ],
    },
  },
  {
    source: "https://github.com/bradleyc4rt3r/bc-helpers (terraform/ecr-infra): a Sid with a space",
    policy: {
      Version: "2008-10-17",
      Statement: [
        allow("new policy", { AWS: [account("059132908419"), account("796977513147")] }, everything),
      ],
    },
  },
  {
    source:
      "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository_policy",
    policy: {
      Version: "2012-10-17",
      Statement: [allow("new policy", { AWS: "123456789012" }, everything)],
    },
  },
  {
    source: "https://github.com/SiahaanBernard/terraform-aws-ecr-sync (examples/data.tf): an organization",
    policy: {
      Version: "2012-10-17",
      Statement: [
        allow("AllowPullAccessFomAWSOrg", "*", [...read, "ecr:DescribeImages", "ecr:ListImages"], {
          Condition: { StringEquals: { "aws:PrincipalOrgID": ["o-a1b2c3d4e5"] } },
        }),
      ],
    },
  },
  {
    source: "a module with the login and an organization compared by StringLike",
    policy: {
      Version: "2012-10-17",
      Statement: [
        allow(
          "OrganizationReadOnlyAccess",
          "*",
          [...read, "ecr:DescribeImageScanFindings", "ecr:GetAuthorizationToken", "ecr:GetRepositoryPolicy"],
          { Condition: { StringLike: { "aws:PrincipalOrgID": "o-u7wq0k1pyq" } } },
        ),
      ],
    },
  },
  {
    source: "https://gist.github.com/zimdo/41f6f5b560585bbfe8cff203417afa35: CodeBuild's own accounts",
    policy: {
      Version: "2008-10-17",
      Statement: [
        allow(
          "CodeBuildAccess",
          { AWS: ["964771811575", "570169269855", "201349592320"].map(account) },
          read,
        ),
      ],
    },
  },
  {
    source: "https://gist.github.com/vivainio/b9ee51a4d5687c6fbcaaf6891eb99ff7: CodeBuild pulls and pushes",
    policy: {
      Version: "2012-10-17",
      Statement: [allow("CodeBuildPull", { Service: "codebuild.amazonaws.com" }, [...read, ...push])],
    },
  },
  {
    source: "https://hexmos.com/freedevtools/c/aws-ecr/allow_codebuild: two types of principals",
    policy: {
      Version: "2008-10-17",
      Statement: [
        allow(
          "CodeBuildAccess",
          { AWS: [account("123456789012")], Service: "codebuild.amazonaws.com" },
          read,
        ),
      ],
    },
  },
  {
    source: "a data source of Terraform without sid, and one with an empty one",
    policy: {
      Version: "2012-10-17",
      Statement: [
        allow(undefined, { AWS: account("123456789012") }, read),
        allow("", { AWS: "arn:aws:iam::123456789012:role/single_site_report_app_role" }, "ecr:*"),
      ],
    },
  },
  {
    source: "https://github.com/getmoto/moto/pull/8933: two statements with one Sid",
    policy: {
      Version: "2012-10-17",
      Statement: [
        allow("Pull", { AWS: account("444455556666") }, pull),
        allow("Pull", { AWS: account("777788889999") }, pull),
      ],
    },
  },
  {
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          NotPrincipal: { AWS: [account("123456789012"), "arn:aws:iam::123456789012:role/release"] },
          NotAction: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:Describe*"],
        },
      ],
    },
  },
];
