// The channels' secrets, from SSM SecureStrings, one JSON object each. Kept for minutes, and the last good ones for as
// long as SSM cannot be asked: an alert must not wait for a parameter store.
import * as v from 'valibot'
import type { CallAws } from './aws.ts'
import type { Channel } from './channels/channel.ts'

export type SecretState =
  | { readonly secret: unknown }
  | { readonly outcome: 'retryable' | 'permanent'; readonly code: string; readonly reason: string }

export type ReadSecret = (channel: Channel) => Promise<SecretState>

const maxAgeMs = 5 * 60_000
const timeoutMs = 1_000

/** Reads all secrets below the path at once, at the first question and again when they are older than five minutes. */
export function secretReader(callAws: CallAws, path: string, now: () => number): ReadSecret {
  let kept: { readonly parameters: ReadonlyMap<string, string>; readonly at: number } | undefined
  let reading: Promise<void> | undefined

  async function refresh(): Promise<void> {
    kept = { parameters: await readParameters(callAws, path), at: now() }
  }

  return async (channel) => {
    if (kept === undefined || now() - kept.at > maxAgeMs) {
      reading ??= refresh().finally(() => {
        reading = undefined
      })
      try {
        await reading
      } catch (error) {
        if (kept === undefined) {
          return { outcome: 'retryable', code: 'secrets-unreadable', reason: (error as Error).message }
        }
      }
    }
    return parseSecret(channel, kept?.parameters.get(channel.name), path)
  }
}

function parseSecret(channel: Channel, written: string | undefined, path: string): SecretState {
  const parameter = `${path}/${channel.name}`
  if (written === undefined) {
    return { outcome: 'permanent', code: 'secret-missing', reason: `SSM has no parameter ${parameter}` }
  }
  let value: unknown
  try {
    value = JSON.parse(written)
  } catch {
    return { outcome: 'permanent', code: 'secret-malformed', reason: `${parameter} is not JSON` }
  }
  const parsed = v.safeParse(channel.secret, value)
  if (parsed.success) return { secret: parsed.output }
  // Valibot's own messages quote the value they found, so only the fields are named.
  const fields = parsed.issues.map((issue) => v.getDotPath(issue) ?? 'the whole').join(', ')
  return { outcome: 'permanent', code: 'secret-malformed', reason: `${parameter} has wrong fields: ${fields}` }
}

async function readParameters(callAws: CallAws, path: string): Promise<ReadonlyMap<string, string>> {
  const parameters = new Map<string, string>()
  let token: string | undefined
  do {
    const answer = v.parse(
      parametersAnswer,
      await callAws({
        service: 'ssm',
        target: 'AmazonSSM.GetParametersByPath',
        input: { Path: path, WithDecryption: true, ...(token === undefined ? {} : { NextToken: token }) },
        timeoutMs,
      }),
    )
    for (const { Name, Value } of answer.Parameters) parameters.set(Name.slice(path.length + 1), Value)
    token = answer.NextToken ?? undefined
  } while (token !== undefined)
  return parameters
}

const parametersAnswer = v.object({
  Parameters: v.array(v.object({ Name: v.string(), Value: v.string() })),
  NextToken: v.nullish(v.string()),
})
