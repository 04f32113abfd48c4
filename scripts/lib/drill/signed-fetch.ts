// A request to the notifier's API, or to a service of AWS's without an SDK client here, signed with the caller's own credentials.
import { AwsClient } from 'aws4fetch'
import { alarmRegion } from '../../../templates-src/config/schema.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

/** `status` is undefined where nothing answered, and `text` then says why. */
export type Fetched = { readonly status: number | undefined; readonly text: string }

export async function signedFetch(
  url: string,
  init: { readonly method: 'GET' | 'POST'; readonly body?: string },
  credentials: () => Promise<Credentials>,
  withinMs: number,
  service = 'execute-api',
): Promise<Fetched> {
  const { accessKeyId, secretAccessKey, sessionToken } = await credentials()
  const token = sessionToken === undefined ? {} : { sessionToken }
  const client = new AwsClient({ accessKeyId, secretAccessKey, ...token, service, region: alarmRegion })
  const request = await client.sign(url, init)
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(withinMs), redirect: 'manual' })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string; message?: string } }
    return { status: undefined, text: cause?.code ?? cause?.message ?? message }
  }
}
