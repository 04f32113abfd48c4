// How long a busy provider asks to be left alone.

/** The first of these that is seconds: as JSON gives them, or as the header Retry-After does. Its dates are not read. */
export function waitAsked(...said: readonly (number | string | null | undefined)[]): {
  readonly again?: { readonly afterMs: number }
} {
  for (const one of said) {
    const seconds = Number(one || Number.NaN)
    if (seconds >= 0) return { again: { afterMs: Math.ceil(seconds * 1000) } }
  }
  return {}
}
