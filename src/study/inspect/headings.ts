/** Headings of the inspection's page that the lesson sends its readers to. */
export const HEADINGS = {
  total: 'The total gradient looks level, and hides it',
  /** Where it does not. */
  totalBeside: 'The total gradient beside it',
  parts: 'Where it goes: gates, weights, and what arrives from above',
  theory: 'Theory beside measurement',
  saturation: 'Saturation: where no gradient passes',
} as const;
