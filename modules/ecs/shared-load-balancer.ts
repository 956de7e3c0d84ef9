import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { Construct } from "constructs";
import { addBalancer, addListeners, type BalancerProps } from "./balancer-frame";

export interface SharedLoadBalancerProps extends BalancerProps {
  /** Certificates of its host names. The first one is for clients that name no host. */
  readonly certificateArns: readonly [string, ...string[]];
}

/**
 * An Application Load Balancer for several services, which add their rules to its listener: see `SharedTarget`. It answers
 * what no rule matches with status code 404. HTTPS only; HTTP is redirected.
 */
export class SharedLoadBalancer extends Construct {
  readonly lb: Lb;
  readonly listener: LbListener;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: SharedLoadBalancerProps) {
    super(scope, id);
    const { lb, securityGroupId } = addBalancer(this, props);
    this.lb = lb;
    this.securityGroupId = securityGroupId;
    const [certificateArn, ...further] = props.certificateArns;
    this.listener = addListeners(this, lb, {
      certificateArn,
      defaultAction: {
        type: "fixed-response",
        fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
      },
    });
    for (const arn of further)
      new LbListenerCertificate(this, `certificate_${arn.slice(arn.lastIndexOf("/") + 1)}`, {
        listenerArn: this.listener.arn,
        certificateArn: arn,
      });
  }
}
