/** Tags by which Kubernetes load balancers find their subnets. https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html */
export const balancerTags = {
  private: { "kubernetes.io/role/internal-elb": "1" },
  public: { "kubernetes.io/role/elb": "1" },
} as const;
