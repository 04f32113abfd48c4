// One HTTP request to a provider, with a deadline. Every way it can end is an answer; nothing is thrown.
import type { Answer, ChannelRequest } from './channels/channel.ts'

/** No provider's answer is near this long; what is longer is not read. */
const bodyLimit = 64 * 1024

/** Errors after which the provider cannot have seen the request. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

export async function send(request: ChannelRequest, timeoutMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const { url, headers, body } = request
    // A redirect is not followed: it would carry the secret to another host.
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    return { status: response.status, body: await readBody(response) }
  } catch (error) {
    if (signal.aborted) return { unanswered: 'lost', reason: `no answer in ${timeoutMs} ms` }
    const cause = (error as Error).cause as { code?: string } | undefined
    const reason = cause?.code ?? (error as Error).message
    return { unanswered: neverSent.has(reason) ? 'refused' : 'lost', reason }
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
