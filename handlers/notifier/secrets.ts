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
/** For all pages together: an alert must leave inside 4 s. */
const timeoutMs = 1_000
/** How long SSM is left alone after it failed, so that an alert waits for it once and not for each channel. */
const restMs = 5_000
/** Ten parameters a page: far more than there are channels. */
const mostPages = 10

/** Reads all secrets below the path at once, at the first question and again when they are older than five minutes. */
export function secretReader(callAws: CallAws, path: string, now: () => number): ReadSecret {
  let kept: ReadonlyMap<string, string> | undefined
  let failure = ''
  let askAgainAt = 0
  let asking: Promise<void> | undefined

  async function ask(): Promise<void> {
    try {
      kept = await readParameters(callAws, path, now)
      askAgainAt = now() + maxAgeMs
    } catch (error) {
      failure = (error as Error).message
      askAgainAt = now() + restMs
    } finally {
      asking = undefined
    }
  }

  return async (channel) => {
    if (now() >= askAgainAt) asking ??= ask()
    await asking
    if (kept === undefined) return { outcome: 'retryable', code: 'secrets-unreadable', reason: failure }
    return parseSecret(channel, kept.get(channel.name), path)
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

async function readParameters(callAws: CallAws, path: string, now: () => number): Promise<ReadonlyMap<string, string>> {
  const until = now() + timeoutMs
  const parameters = new Map<string, string>()
  let token = ''
  for (let page = 0; page < mostPages; page++) {
    const left = until - now()
    if (left <= 0) throw new Error(`AmazonSSM.GetParametersByPath: not all pages in ${timeoutMs} ms`)
    const input = { Path: path, WithDecryption: true, ...(token === '' ? {} : { NextToken: token }) }
    const answer = await callAws({ service: 'ssm', target: 'AmazonSSM.GetParametersByPath', input, timeoutMs: left })
    const parsed = v.safeParse(parametersAnswer, answer)
    // Valibot's message would quote what SSM answered.
    if (!parsed.success) throw new Error('AmazonSSM.GetParametersByPath: the answer is not of the expected form')
    for (const { Name, Value } of parsed.output.Parameters) parameters.set(Name.slice(path.length + 1), Value)
    token = parsed.output.NextToken ?? ''
    if (token === '') break
  }
  return parameters
}

const parametersAnswer = v.object({
  Parameters: v.array(v.object({ Name: v.string(), Value: v.string() })),
  NextToken: v.nullish(v.string()),
})
