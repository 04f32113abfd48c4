import * as assert from 'uvu/assert'
import { startNhnSms } from '../../../../scripts/rehearsal/providers/nhn-sms.ts'
import { APP_KEY, PHONE, SECRET, SENDER } from './accounts.ts'
import { ask, nhn, STARTED, withProvider } from './calls.ts'

const sms = withProvider('nhn-sms', STARTED['nhn-sms'].start)

for (const [what, body, code] of [
  ['an unregistered sender', { sendNo: '0211111111' }, -2312],
  ['an empty body', { body: '' }, -2014],
  ['no recipient', { recipientList: [] }, -2001],
  ['1,001 recipients', { recipientList: Array(1001).fill({ recipientNo: PHONE }) }, -2016],
  ['256 characters', { body: 'x'.repeat(256) }, -2015],
  ['an emoji', { body: '🚨' }, -2023],
  ['a statsId of 11 characters', { statsId: 'x'.repeat(11) }, 4],
] as const) {
  sms(`refuses ${what} with HTTP 200 and ${code}`, async (provider) => {
    const answer = await nhn(provider, body)
    assert.is(answer.status, 200)
    assert.is(answer.at('header', 'isSuccessful'), false)
    assert.is(answer.at('header', 'resultCode'), code)
    assert.equal(provider.received, [])
  })
}

sms('refuses other keys, other paths, other types and broken JSON with HTTP 200', async ({ url }) => {
  const header = { 'x-secret-key': SECRET }
  const send = `${url}/sms/v3.0/appKeys/${APP_KEY}/sender/sms`
  const codes = [
    await ask(`${url}/sms/v3.0/appKeys/other/sender/sms`, {}, header),
    await ask(send, {}, { 'x-secret-key': 'other' }),
    await ask(`${url}/sms/v3.0/appKeys/${APP_KEY}/sender/fax`, {}, header),
    await ask(send, '{}', { ...header, 'content-type': 'text/plain' }),
    await ask(send, '{', header),
  ].map((answer) => [answer.status, answer.at('header', 'resultCode')])
  assert.equal(
    codes,
    [-1000, -1000, -9998, -9996, -9997].map((code) => [200, code]),
  )
})

sms('answers one result a recipient, and fails only the bad numbers', async (provider) => {
  const recipientList = [PHONE, '010-0000-0000', '01000000001'].map((recipientNo) => ({ recipientNo }))
  const answer = await nhn(provider, { recipientList })
  assert.is(answer.at('header', 'isSuccessful'), true)
  assert.match(String(answer.at('body', 'data', 'requestId')), /^.{25}$/)
  const results = (key: string) =>
    [0, 1, 2].map((index) => answer.at('body', 'data', 'sendResultList', `${index}`, key))
  assert.equal(results('recipientSeq'), [1, 2, 3])
  assert.equal(results('resultCode'), [0, -2019, 0])
  const phones = provider.received.map(({ recipient }) => recipient)
  assert.equal(phones, [PHONE, '01000000001'])
})

sms('cuts at 90 bytes, between characters, and shows what EUC-KR lacks as a question mark', async (provider) => {
  await nhn(provider, { body: `똠—${'가'.repeat(45)}` })
  await nhn(provider, { body: `—${'가'.repeat(45)}` })
  const [full, short] = provider.received
  assert.equal(full, { provider: 'nhn-sms', recipient: PHONE, text: `??${'가'.repeat(44)}`, kind: 'SMS', bytes: 90 })
  assert.equal(short, { provider: 'nhn-sms', recipient: PHONE, text: `?${'가'.repeat(44)}`, kind: 'SMS', bytes: 89 })
})

const guarded = withProvider('nhn-sms with its duplicate guard', () =>
  startNhnSms({ appKey: APP_KEY, secretKey: SECRET, sender: SENDER, duplicateGuard: true }),
)

for (const [tests, sentence, msgStatus, times] of [
  [sms, 'delivers an identical message again', '3', 2],
  [guarded, 'takes an identical message again but does not deliver it', '5', 1],
] as const) {
  tests(sentence, async (provider) => {
    await nhn(provider, {})
    const again = await nhn(provider, {})
    assert.is(again.at('header', 'isSuccessful'), true)
    assert.is(provider.received.length, times)
    const request = `/sms/v3.0/appKeys/${APP_KEY}/sender/sms/${again.at('body', 'data', 'requestId')}?recipientSeq=1`
    const delivery = await ask(`${provider.url}${request}`, undefined, { 'x-secret-key': SECRET })
    assert.is(delivery.at('body', 'data', 'msgStatus'), msgStatus)
    await nhn(provider, { body: 'another' })
    assert.is(provider.received.length, times + 1)
  })
}
guarded.run()

for (const [what, body, code] of [
  ['no title', { body: 'root' }, -2014],
  ['a title of 121 characters', { title: 'x'.repeat(121) }, -2015],
  ['4,001 characters', { title: 'root', body: 'x'.repeat(4001) }, -2015],
  ['an emoji in its title', { title: '🚨' }, -2023],
] as const) {
  sms(`refuses an LMS of ${what} with ${code}`, async (provider) => {
    assert.is((await nhn(provider, body, 'mms')).at('header', 'resultCode'), code)
    assert.equal(provider.received, [])
  })
}

sms('delivers an LMS below its title, gives back its group, and finds it only among the LMS', async (provider) => {
  const body = '가'.repeat(1001)
  const sent = await nhn(provider, { title: 'root', body, senderGroupingKey: 'sample' }, 'mms')
  const text = `root\n${'가'.repeat(1000)}`
  assert.equal(provider.received, [{ provider: 'nhn-sms', recipient: PHONE, text, kind: 'LMS', bytes: 2000 }])
  assert.is(sent.at('body', 'data', 'senderGroupingKey'), 'sample')
  const found = async (kind: string) => {
    const path = `/sms/v3.0/appKeys/${APP_KEY}/sender/${kind}/${sent.at('body', 'data', 'requestId')}?recipientSeq=1`
    const answer = await ask(`${provider.url}${path}`, undefined, { 'x-secret-key': SECRET })
    return answer.at('header', 'resultCode')
  }
  assert.equal([await found('mms'), await found('sms')], [0, -2008])
})

sms('tells which numbers may send', async ({ url }) => {
  const header = { 'x-secret-key': SECRET }
  const sendNos = `${url}/sms/v3.0/appKeys/${APP_KEY}/sendNos`
  const mine = await ask(`${sendNos}?sendNo=${SENDER}&useYn=Y&blockYn=N`, undefined, header)
  assert.is(mine.at('body', 'data', '0', 'sendNo'), SENDER)
  assert.is((await ask(`${sendNos}?sendNo=0211111111`, undefined, header)).at('body', 'totalCount'), 0)
  assert.is((await ask(sendNos)).at('header', 'isSuccessful'), false)
})
sms.run()
