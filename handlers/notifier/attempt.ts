// One channel's tries at one recipient inside one invocation: the first, and quick ones after it while there is room and
// another can help.
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Amend, ChannelRequest, Outcome } from './channels/channel.ts'
import type { Alert, Delivery, Means, Stop } from './engine.ts'
import { redactCode, redactReason } from './redact.ts'

/** What the tries came to, without secrets or phone numbers. */
export type Result = Pick<Delivery, 'outcome' | 'code' | 'reason' | 'tries'>

export interface Attempt {
  readonly alert: Alert
  readonly means: Means
  readonly stop: Stop
  readonly recipient: string
  /** When the next channel's time begins. */
  readonly until: number
}

/** A provider that is up answers in a fraction of this; with less left, a try would only be cut off and be in doubt. */
const roomMs = 700
/** Before the second and the third try, where the provider does not say how long. */
const pausesMs = [150, 450] as const

export async function attempt({ alert, means, stop, recipient, until }: Attempt): Promise<Result> {
  let { secret } = stop
  let amend: Amend = {}
  /** What to mend though the message got through in the end. */
  let remark = stop.stale
  let refreshed = false

  for (let tries = 1; ; tries++) {
    const outcome = await sendOnce({ alert, means, stop, recipient, until }, secret, amend)
    const result = { ...shown(outcome, secret), tries }
    if (outcome.outcome === 'accepted') return { ...result, reason: redactReason(remark, secret) }
    if (outcome.outcome === 'ambiguous' || tries > pausesMs.length) return result

    if (outcome.outcome === 'permanent') {
      // The kept secret may be an old one: read it again, once, before a refusal counts as final.
      if (refreshed || means.now() + roomMs > until) return result
      refreshed = true
      const state = await means.secrets.reread(stop.channel)
      if (state === undefined || !('secret' in state) || means.now() + roomMs > until) return result
      secret = state.secret
      continue
    }
    const { afterMs = outcome.again?.amend ? 0 : pausesMs[tries - 1], amend: asked } = outcome.again ?? {}
    if (means.now() + (afterMs ?? 0) + roomMs > until) return result
    if (asked !== undefined) remark = outcome.reason
    amend = { ...amend, ...asked }
    await pause(afterMs)
  }
}

async function sendOnce(
  { alert, means, stop: { channel }, recipient, until }: Attempt,
  secret: unknown,
  amend: Amend,
): Promise<Outcome> {
  let request: ChannelRequest | undefined
  try {
    request = channel.request({
      url: means.urlOf(channel),
      secret,
      recipient,
      message: alert.message,
      long: means.long,
      alertId: alert.id,
      now: new Date(means.now()),
      salt: randomBytes(16).toString('hex'),
      amend,
    })
    return channel.classify(await means.send(request, Math.max(1, until - means.now())))
  } catch (error) {
    // A defect of ours in one channel must not keep the next one from trying. Without a request nothing was sent.
    const outcome = request === undefined ? 'retryable' : 'ambiguous'
    return { outcome, code: 'defect', reason: (error as Error).message }
  }
}

function shown(outcome: Outcome, secret: unknown): Omit<Result, 'tries'> {
  return {
    outcome: outcome.outcome,
    code: redactCode(outcome.code, secret),
    reason: outcome.outcome === 'accepted' ? '' : redactReason(outcome.reason, secret),
  }
}
