// One HTTP request to a provider, with a deadline. Every way it can end is an answer; nothing is thrown.
import type { Answer, ChannelRequest } from './channels/channel.ts'

/** No provider's answer is near this long; what is longer is not read. */
const bodyLimit = 64 * 1024

/** Errors of looking up, connecting and greeting: the provider cannot have seen the request. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL)$|^ERR_(SSL|TLS)_|CERT|^UNABLE_TO_/

export async function send(request: ChannelRequest, timeoutMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const { url, method = 'POST', headers, body = null } = request
    // A redirect is not followed: it would carry the secret to another host.
    const response = await fetch(url, { method, headers, body, redirect: 'manual', signal })
    const [date, retryAfter] = [response.headers.get('date'), response.headers.get('retry-after')]
    return {
      status: response.status,
      body: await readBody(response),
      ...(date !== null && { date }),
      ...(retryAfter !== null && { retryAfter }),
    }
  } catch (error) {
    if (signal.aborted) return { unanswered: 'lost', reason: `no answer in ${timeoutMs} ms` }
    const { code } = ((error as Error).cause ?? {}) as { code?: string }
    // Without a code it is fetch that would not have the request: a header, a port.
    if (code === undefined) return { unanswered: 'refused', reason: (error as Error).message }
    return { unanswered: neverSent.test(code) ? 'refused' : 'lost', reason: code }
  }
}

async function readBody(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let body = ''
  for await (const chunk of response.body ?? []) {
    body += decoder.decode(chunk, { stream: true })
    if (body.length > bodyLimit) break
  }
  return body
}
