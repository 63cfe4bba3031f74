export interface LanguageModel {
  readonly name: string;
  /** ln P of what stands between two spaces. */
  logLikelihood(token: string): number;
}
