// Asks a provider something that sends nothing. Answers what it said as JSON, or why it said nothing.

export type Said = { readonly status: number; readonly body: unknown } | { readonly silent: string }

const patienceMs = 10_000

/** Never throws. Nothing of the request is in the answer: an address may hold a token. */
export async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Said> {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(patienceMs), redirect: 'error' })
    const text = await answer.text()
    try {
      return { status: answer.status, body: JSON.parse(text) }
    } catch {
      return { silent: `HTTP ${answer.status}, and the answer is not JSON` }
    }
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } }
    return { silent: name === 'TimeoutError' ? `no answer in ${patienceMs / 1000} s` : (cause?.code ?? name) }
  }
}

/** The JSON object at a path, or undefined: what a provider leaves out must not stop the doctor. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  )
}

/** A number as digits alone, for comparing what people write with what providers keep. */
export function digits(number: string): string {
  return number.replaceAll(/\D/g, '').replace(/^82/, '0').replace(/^00/, '0')
}
