// Asks a channel's provider, without sending, whether it would take a message: for a drill's check and for the doctor.
import { randomBytes } from 'node:crypto'
import { redactCode, redactReason } from '../redact.ts'
import type { Answer, Asking, Channel, ChannelRequest, Outcome } from './channel.ts'

/**
 * The first answer that is no yes, or the last yes; its words are without secrets and phone numbers. All of the channel's
 * questions are asked side by side; `not-asked` is the code where it has none. Throws what a channel's defect throws.
 */
export async function askProvider(
  { check = [] }: Channel,
  given: Omit<Asking<unknown>, 'salt'>,
  send: (request: ChannelRequest) => Promise<Answer>,
): Promise<Outcome> {
  const outcomes = await Promise.all(
    check.map(async ({ request, classify }) => {
      // A signature is good for one request.
      const asking = { ...given, salt: randomBytes(16).toString('hex') }
      return classify(await send(request(asking)), asking)
    }),
  )
  const no = outcomes.find(({ outcome }) => outcome !== 'accepted')
  const remark = outcomes.map((one) => (one.outcome === 'accepted' && one.remark) || '').find((one) => one !== '')
  return shown(
    no ?? { outcome: 'accepted', code: 'not-asked', ...outcomes.at(-1), ...(remark && { remark }) },
    given.secret,
  )
}

function shown(outcome: Outcome, secret: unknown): Outcome {
  const code = redactCode(outcome.code, secret)
  if (outcome.outcome === 'accepted') return { ...outcome, code }
  return { ...outcome, code, reason: redactReason(outcome.reason, secret) }
}
