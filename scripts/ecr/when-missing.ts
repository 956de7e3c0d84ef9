/**
 * What a request answers if AWS does not have it, for `catch`.
 *
 * @param name of the error that says so, e.g. `RepositoryNotFoundException`
 * @throws every other error
 */
export const whenMissing =
  <T>(name: string, answer: T) =>
  (error: Error): T => {
    if (error.name === name) return answer;
    throw error;
  };
