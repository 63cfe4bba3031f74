/** Steps of work that has a result, each told in other words; where they are broken off, so is the work. */
export function* toldAs<Step, Told, T>(
  steps: Generator<Step, T, undefined>,
  tell: (step: Step) => Told,
): Generator<Told, T, undefined> {
  try {
    for (;;) {
      const next = steps.next();
      if (next.done === true) return next.value;
      yield tell(next.value);
    }
  } finally {
    // Its own `finally` gives back what it holds; after its end this does nothing.
    steps.return(undefined as T);
  }
}
