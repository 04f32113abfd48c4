// Asks a provider something that sends nothing. Answers what it said as JSON, or why it said nothing.

/** `silent`: it said nothing about what was asked, for whatever reason; `mend` is of that reason. */
export type Said =
  | { readonly status: number; readonly body: unknown }
  | { readonly silent: string; readonly mend: string }

const patienceMs = 10_000

/** Never throws. Nothing of the request is in the answer: an address may hold a token. */
export async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Said> {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(patienceMs), redirect: 'error' })
    const { status } = answer
    const text = await answer.text()
    // Whatever the body says, it is about the provider's own trouble, and not about the keys or the sender.
    if (status === 429) return { silent: `HTTP ${status}`, mend: 'it asks to slow down: run it again in a minute' }
    if (status >= 500) return { silent: `HTTP ${status}`, mend: 'a fault on its side: run it again in a minute' }
    try {
      return { status, body: JSON.parse(text) }
    } catch {
      return { silent: `HTTP ${status}, and the answer is not JSON`, mend: 'is it the provider that answers there?' }
    }
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } }
    const silent = name === 'TimeoutError' ? `no answer in ${patienceMs / 1000} s` : (cause?.code ?? name)
    return { silent, mend: 'is the network up?' }
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
