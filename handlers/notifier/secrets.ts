// The channels' secrets, from SSM SecureStrings, one JSON object each, read by name: one that cannot be read stops its own
// channel and no other. Kept for minutes, and the last good one for as long as this execution environment lives: an alert
// must not wait for a parameter store, nor be silenced by whoever deletes or garbles a parameter first.
import * as v from 'valibot'
import type { AwsError, CallAws } from './aws.ts'
import type { Channel } from './channels/channel.ts'
import { readSecret } from './channels/secret.ts'

export type SecretState =
  /** With `stale` it is an older one, and why the one in SSM is not used or not known. */
  | { readonly secret: unknown; readonly stale?: string }
  | { readonly outcome: 'retryable' | 'permanent'; readonly code: string; readonly reason: string }

export interface Secrets {
  readonly read: (channel: Channel) => Promise<SecretState>
  /** Read now, unless it just was: after a provider refused the kept one. Undefined when there is no other. */
  readonly reread: (channel: Channel) => Promise<SecretState | undefined>
}

const maxAgeMs = 5 * 60_000
/** How long SSM is left alone after it failed, so that an alert waits for it once. */
const restMs = 5_000

/** What is kept of one channel's parameter. */
interface Kept {
  /** Undefined while SSM has not answered yet; null when it has no such parameter. */
  written: string | null | undefined
  good: unknown
  failure: string
  /** When SSM last answered. */
  askedAt: number
  askAgainAt: number
  asking: Promise<void> | undefined
}

/** `timeoutMs` is for one parameter; all are asked side by side. */
export function secrets(callAws: CallAws, path: string, timeoutMs: number, now: () => number): Secrets {
  const all = new Map<string, Kept>()

  function keptOf({ name }: Channel): Kept {
    const nothing: Kept = {
      written: undefined,
      good: undefined,
      failure: '',
      askedAt: 0,
      askAgainAt: 0,
      asking: undefined,
    }
    const kept = all.get(name) ?? nothing
    all.set(name, kept)
    return kept
  }

  async function ask(channel: Channel, kept: Kept): Promise<void> {
    try {
      kept.written = await readParameter(callAws, `${path}/${channel.name}`, timeoutMs)
      kept.askAgainAt = now() + maxAgeMs
      kept.askedAt = now()
      kept.failure = ''
    } catch (error) {
      kept.failure = (error as Error).message
      kept.askAgainAt = now() + restMs
    }
    kept.asking = undefined
  }

  function stateOf(channel: Channel, kept: Kept): SecretState {
    const { written, failure, good } = kept
    if (written === undefined) return { outcome: 'retryable', code: 'secrets-unreadable', reason: failure }
    const state = parseSecret(channel, written, path)
    if (!('secret' in state)) return good === undefined ? state : { secret: good, stale: state.reason }
    kept.good = state.secret
    return failure === '' ? state : { ...state, stale: failure }
  }

  return {
    read: async (channel) => {
      const kept = keptOf(channel)
      if (now() >= kept.askAgainAt) kept.asking ??= ask(channel, kept)
      await kept.asking
      return stateOf(channel, kept)
    },
    reread: async (channel) => {
      const kept = keptOf(channel)
      const before = kept.written
      if (kept.asking === undefined && now() < kept.askedAt + restMs) return undefined
      kept.asking ??= ask(channel, kept)
      await kept.asking
      return kept.written === before ? undefined : stateOf(channel, kept)
    },
  }
}

function parseSecret(channel: Channel, written: string | null, path: string): SecretState {
  const parameter = `${path}/${channel.name}`
  if (written === null) {
    return { outcome: 'permanent', code: 'secret-missing', reason: `SSM has no parameter ${parameter}` }
  }
  const read = readSecret(channel, written)
  if ('secret' in read) return read
  return { outcome: 'permanent', code: 'secret-malformed', reason: `${parameter} ${read.wrong}` }
}

/** Null when there is no such parameter. */
async function readParameter(callAws: CallAws, name: string, timeoutMs: number): Promise<string | null> {
  const target = 'AmazonSSM.GetParameter'
  const answer = await callAws({
    service: 'ssm',
    target,
    input: { Name: name, WithDecryption: true },
    timeoutMs,
  }).catch((error: AwsError) => {
    if (error.type === 'ParameterNotFound') return null
    throw error
  })
  if (answer === null) return null
  const parsed = v.safeParse(parameterAnswer, answer)
  // Valibot's message would quote what SSM answered.
  if (!parsed.success) throw new Error(`${target}: the answer is not of the expected form`)
  return parsed.output.Parameter.Value
}

const parameterAnswer = v.object({ Parameter: v.object({ Value: v.string() }) })
