// Work side by side, but not all of it: AWS throttles who asks a hundred things at once.

/** Carries work out as it is given, at most so much at a time; the rest waits its turn, first come first served. */
export function limited(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    // Whoever ends hands its place on, so that nobody slips in between.
    if (running >= most) await new Promise<void>((go) => waiting.push(go))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
