import * as assert from 'uvu/assert'
import { startNhnKakao } from '../../../../scripts/rehearsal/providers/nhn-kakao.ts'
import { ACCOUNTS, PHONE, SECRET } from './accounts.ts'
import { ask, kakao, kakaoMessages, kakaoRecipient, withProvider } from './calls.ts'

const talks = withProvider('nhn-kakao', () => startNhnKakao(ACCOUNTS.nhnKakao))

talks('fills the template and gives back what asks for the message', async (provider) => {
  const sent = await kakao(provider, {})
  const text = '[root] signed in'
  assert.equal(provider.received, [{ provider: 'nhn-alimtalk', recipient: PHONE, text }])
  const path = `${kakaoMessages}/${sent.at('message', 'requestId')}/1`
  const found = await ask(`${provider.url}${path}`, undefined, { 'x-secret-key': SECRET })
  const states = ['messageStatus', 'resultCode', 'content'].map((key) => found.at('message', key))
  assert.equal(states, ['COMPLETED', '1000', text])
})

for (const [what, body, code] of [
  ['a sender key that is not its own', { senderKey: 'other' }, -1014],
  ['a template that was not registered', { templateCode: 'other' }, -3049],
  ['no recipient', { recipientList: [] }, -9997],
  ['no sender key', { senderKey: undefined }, -9997],
] as const) {
  talks(`refuses ${what} with HTTP 200 and ${code}`, async (provider) => {
    const answer = await kakao(provider, body)
    assert.equal([answer.status, answer.at('header', 'isSuccessful')], [200, false])
    assert.is(answer.at('header', 'resultCode'), code)
    assert.equal(provider.received, [])
  })
}

for (const [what, changes, code] of [
  ['a number that is not digits', { recipientNo: '010-0000-0000' }, -5000],
  ['a variable that is missing', { templateParameter: { title: 'root' } }, -3049],
  ['a variable that is empty', { templateParameter: { title: 'root', what: '' } }, -3049],
  ['more than 1,300 characters', { templateParameter: { title: 'root', what: 'x'.repeat(1300) } }, -3048],
  ['an SMS to follow a failure', { resendParameter: { isResend: true } }, -4200],
] as const) {
  talks(`takes the request and fails ${what} with ${code}`, async (provider) => {
    const answer = await kakao(provider, { recipientList: [kakaoRecipient(changes), kakaoRecipient({})] })
    const codes = ['0', '1'].map((index) => answer.at('message', 'sendResults', index, 'resultCode'))
    assert.equal(codes, [code, 0])
    assert.is(provider.received.length, 1)
  })
}

talks('refuses other keys, other paths, other types and messages nobody sent', async (provider) => {
  const header = { 'x-secret-key': SECRET }
  const { url } = provider
  const codes = [
    await ask(`${url}/alimtalk/v2.3/appkeys/other/messages`, {}, header),
    await ask(`${url}${kakaoMessages}`, {}, { 'x-secret-key': 'other' }),
    await ask(`${url}/alimtalk/v2.3/nothing`, {}, header),
    await kakao(provider, {}, { 'content-type': 'text/plain' }),
    await ask(`${url}${kakaoMessages}/none/1`, undefined, header),
  ].map((answer) => answer.at('header', 'resultCode'))
  assert.equal(codes, [-1000, -1001, -9998, -9996, -1016])
})

talks('takes an idempotency key once', async (provider) => {
  const key = (value: string) => ({ 'x-nc-api-idempotency-key': value })
  const codes = [
    await kakao(provider, {}, key('sample')),
    await kakao(provider, {}, key('sample')),
    await kakao(provider, {}, key('other')),
    await kakao(provider, {}),
    await kakao(provider, {}),
  ].map((answer) => answer.at('header', 'resultCode'))
  assert.equal(codes, [0, -1005, 0, 0, 0])
  assert.is(provider.received.length, 4)
})
talks.run()
