/** What `export` says once a run's files are written. */
export const exporting = {
  /** @param from a checkpoint; figures as they are written */
  written: (dir: string, from: string, symbols: string): string =>
    `${dir}: the weights and the optimiser of ${from}, ${symbols} symbols of text, and train.py`,
  passedOver: (reason: string): string => `passed over ${reason}`,
  goOn: 'To go on from there, on one GPU (or the CPU), and on four:',
  back: 'And back, to look into it:',
};
