// What became of an accepted message: asked of the provider that accepted it, by the code of its acceptance.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as v from 'valibot'
import type { Accepted, Channel, Receipt } from '../../../../handlers/notifier/channels/channel.ts'
import { channels } from '../../../../handlers/notifier/channels/registry.ts'
import { send } from '../../../../handlers/notifier/send.ts'
import type { ChannelName } from '../../../../handlers/notifier/settings.ts'
import type { Provider } from '../../../../scripts/rehearsal/providers/provider.ts'
import { sampleSecrets, startProviders } from '../../../../scripts/rehearsal/stage.ts'
import { ALERT, MESSAGE, NOW, SALT } from './cases/case.ts'

const LONG = 30_000

/** An answer that found the message, by what the carrier said. */
type Found = (state: string, code: string | null) => object
const header = { isSuccessful: true, resultCode: 0, resultMessage: 'SUCCESS' }
const sms: Found = (msgStatus, resultCode) => ({ header, body: { data: { msgStatus, resultCode } } })
const talk: Found = (messageStatus, resultCode) => ({ header, message: { messageStatus, resultCode } })
const listed: Found = (statusCode, reason) => ({
  messageList: {
    'M4V-1': { to: '01000000001', statusCode: '4000' },
    'M4V-2': { to: '01000000000', statusCode, statusMessage: reason },
  },
})

const STATES: readonly (readonly [ChannelName, Found, state: string, code: string | null, Receipt['receipt']])[] = [
  ['nhn-sms', sms, '0', '2001', 'failed'],
  ['nhn-sms', sms, '1', null, 'pending'],
  ['nhn-sms', sms, '2', null, 'pending'],
  ['nhn-sms', sms, '3', '1000', 'delivered'],
  ['nhn-sms', sms, '3', '2001', 'unknown'],
  ['nhn-sms', sms, '3', null, 'unknown'],
  ['nhn-sms', sms, '5', null, 'failed'],
  ['nhn-sms', sms, '4', '1000', 'unknown'],
  ['nhn-sms', sms, '', '1000', 'unknown'],
  ['nhn-alimtalk', talk, 'COMPLETED', '1000', 'delivered'],
  ['nhn-alimtalk', talk, 'COMPLETED', null, 'unknown'],
  ['nhn-alimtalk', talk, 'FAILED', '3018', 'failed'],
  ['nhn-alimtalk', talk, 'CANCEL', null, 'failed'],
  ['nhn-alimtalk', talk, 'READY', null, 'unknown'],
  ...(['solapi-sms', 'solapi-alimtalk'] as const).flatMap((name) => [
    [name, listed, '4000', null, 'delivered'] as const,
    [name, listed, '2000', null, 'pending'] as const,
    [name, listed, '3000', null, 'pending'] as const,
    [name, listed, '3104', '가입자 없음', 'failed'] as const,
    [name, listed, '1030', null, 'failed'] as const,
    [name, listed, 'sent', null, 'unknown'] as const,
  ]),
]

const states = suite('a receipt')

for (const [name, found, state, code, receipt] of STATES) {
  states(`of ${name} is ${receipt} where the provider says ${state} with ${code ?? 'nothing'}`, () => {
    const got = classify(name, 200, JSON.stringify(found(state, code)))
    assert.is(got.receipt, receipt, JSON.stringify(got))
    if ('reason' in got) assert.is.not(got.reason, '')
  })
}

for (const name of ['nhn-sms', 'nhn-alimtalk', 'solapi-sms', 'solapi-alimtalk'] as const) {
  states(`of ${name} is unknown, and no guess, where the answer is nothing like one`, () => {
    const bodies = ['', 'ok', '[]', '{}', '{"messageList":{}}', JSON.stringify({ header }), '<h1>Moved</h1>']
    for (const body of bodies) {
      for (const status of [200, 302, 404, 500]) assert.is(classify(name, status, body).receipt, 'unknown', body)
    }
    const lost = receiptOf(name).classify({ unanswered: 'lost', reason: 'sample reason' }, accepted(name, 'sample'))
    assert.equal(lost, { receipt: 'unknown', code: 'no-answer', reason: 'sample reason' })
  })

  states(`of ${name} cannot be led elsewhere by a code that is a path`, () => {
    const { url, method, body } = receiptOf(name).request(accepted(name, '../x?y#z'))
    assert.not.match(url, '../x')
    assert.equal([method, body], ['GET', undefined])
  })
}

states('of SOLAPI is unknown where only others of the group are listed', () => {
  const others = { messageList: { 'M4V-1': { to: '01000000001', statusCode: '4000' } } }
  const got = classify('solapi-sms', 200, JSON.stringify(others))
  assert.equal(got, { receipt: 'unknown', code: '200', reason: 'the message is not listed' })
})

states('is had of no channel that cannot be asked', () => {
  const asked = Object.values<Channel>(channels).filter(({ receipt }) => receipt)
  assert.equal(asked.map(({ name }) => name).sort(), ['nhn-alimtalk', 'nhn-sms', 'solapi-alimtalk', 'solapi-sms'])
})

for (const [name, long] of [
  ['nhn-sms', false],
  ['nhn-sms', true],
  ['nhn-alimtalk', false],
  ['solapi-sms', false],
  ['solapi-sms', true],
  ['solapi-alimtalk', false],
] as const) {
  states(`of ${name} says that the ${long ? 'long ' : ''}message was delivered which the code is of`, async () => {
    const providers = await startProviders()
    try {
      const code = await send(request(name, providers[name], long), LONG).then((answer) => {
        const outcome = channels[name].classify(answer)
        return outcome.outcome === 'accepted' ? outcome.code : assert.unreachable(JSON.stringify(outcome))
      })
      const of = { ...accepted(name, code ?? ''), url: providers[name].url, now: new Date() }
      const receipt = receiptOf(name)
      assert.is(receipt.classify(await send(receipt.request(of), LONG), of).receipt, 'delivered')
      const nobody = { ...of, code: 'nothing', salt: 'e'.repeat(32) }
      assert.is(receipt.classify(await send(receipt.request(nobody), LONG), nobody).receipt, 'unknown')
    } finally {
      for (const provider of Object.values(providers)) await provider.close()
    }
  })
}
states.run()

function receiptOf(name: ChannelName): NonNullable<Channel['receipt']> {
  const { receipt }: Channel = channels[name]
  if (!receipt) throw new Error(`${name} cannot be asked`)
  return receipt
}

function classify(name: ChannelName, status: number, body: string): Receipt {
  return receiptOf(name).classify({ status, body }, accepted(name, 'sample'))
}

function accepted(name: ChannelName, code: string): Accepted<unknown> {
  const channel: Channel = channels[name]
  const secret = v.parse(channel.secret, sampleSecrets[name])
  return { url: channel.url, secret, recipient: '01000000000', code, alertId: ALERT, now: NOW, salt: SALT }
}

function request(name: ChannelName, { url }: Provider, long: boolean) {
  const { code: _, ...rest } = accepted(name, '')
  const salt = 'd'.repeat(32)
  return channels[name].request({ ...rest, url, now: new Date(), salt, message: MESSAGE, long, amend: {} })
}
