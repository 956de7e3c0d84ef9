export interface Environment {
  readonly name: string;
  readonly maxImageCount: number;
}

export const defineEnvironment = (environment: Environment): Environment => environment;
