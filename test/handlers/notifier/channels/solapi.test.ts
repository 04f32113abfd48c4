// SOLAPI's signature: hex(HMAC-SHA256(secret, date + salt)), against a measured vector, against the formula worked out
// here and against SOLAPI's own client. What its answers mean is in the contract of all channels.
import { createHmac } from 'node:crypto'
import { SolapiMessageService } from 'solapi'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { authorization } from '../../../../handlers/notifier/channels/solapi.ts'
import { startSolapi } from '../../../../scripts/rehearsal/providers/solapi.ts'
import { ACCOUNTS } from '../../../scripts/rehearsal/providers/accounts.ts'

const VECTOR = {
  secret: 'SECRET',
  date: '2019-07-01T00:41:48Z',
  salt: 'jqsba2jxjnrjor',
  signature: '669c9fb6acda414922dec17b603459be1dfb7dcb12f81c68e78cbd2f06ca9028',
}

const signature = suite('a signature of SOLAPI')

signature('is what the formula of the measured vector gives', () => {
  assert.is(hmac(VECTOR.secret, VECTOR.date, VECTOR.salt), VECTOR.signature)
})

signature('is the measured one for a date that is written as the vector writes it', () => {
  const date = Object.assign(new Date(VECTOR.date), { toISOString: () => VECTOR.date })
  const header = authorization('SAMPLEAPIKEY', VECTOR.secret, date, VECTOR.salt)
  const { date: written, salt, signature: signed } = parts(header)
  assert.equal({ secret: VECTOR.secret, date: written, salt, signature: signed }, VECTOR)
})

for (const [secret, instant, salt] of [
  ['SECRET', VECTOR.date, VECTOR.salt],
  ['SAMPLESECRET', '2026-01-01T00:00:00.001Z', '0123456789abcdef0123456789abcdef'],
  ['비밀', '2026-12-31T23:59:59.999Z', 'f'.repeat(64)],
] as const) {
  signature(`covers the date and the salt that are sent with it (${instant})`, () => {
    const sent = parts(authorization('SAMPLEAPIKEY', secret, new Date(instant), salt))
    assert.is(sent.apiKey, 'SAMPLEAPIKEY')
    assert.is(sent.salt, salt)
    assert.is(Date.parse(sent.date ?? ''), Date.parse(instant))
    assert.is(sent.signature, hmac(secret, sent.date ?? '', salt))
  })
}

signature('is another one for another time, salt or secret, since each is good once', () => {
  const of = (secret: string, instant: string, salt: string) =>
    parts(authorization('SAMPLEAPIKEY', secret, new Date(instant), salt)).signature
  const all = [
    of('SECRET', '2026-01-01T00:00:00Z', 'a'.repeat(32)),
    of('SECRET', '2026-01-01T00:00:00.001Z', 'a'.repeat(32)),
    of('SECRET', '2026-01-01T00:00:00Z', 'b'.repeat(32)),
    of('OTHER', '2026-01-01T00:00:00Z', 'a'.repeat(32)),
  ]
  assert.is(new Set(all).size, 4)
})

signature("is the one that SOLAPI's own client makes, and the local SOLAPI takes", async () => {
  const { 'solapi-sms': provider } = await startSolapi(ACCOUNTS.solapi)
  const { apiKey, apiSecret } = ACCOUNTS.solapi
  const direct = globalThis.fetch
  // The client's address is fixed, so its request is turned round on the way out.
  globalThis.fetch = (url, init) => direct(String(url).replace('https://api.solapi.com', provider.url), init)
  try {
    assert.type((await new SolapiMessageService(apiKey, apiSecret).getBalance()).balance, 'number')
    const theirs = provider.requests[0]?.headers.authorization ?? ''
    const { date = '', salt = '' } = parts(theirs)
    const now = Object.assign(new Date(date), { toISOString: () => date })
    assert.is(authorization(apiKey, apiSecret, now, salt), theirs)
  } finally {
    globalThis.fetch = direct
    await provider.close()
  }
})

signature('does not carry the secret', () => {
  assert.not.match(authorization('SAMPLEAPIKEY', 'SAMPLESECRET', new Date(VECTOR.date), VECTOR.salt), 'SAMPLESECRET')
})
signature.run()

function hmac(secret: string, date: string, salt: string): string {
  return createHmac('sha256', secret).update(date).update(salt).digest('hex')
}

function parts(header: string): Readonly<Record<string, string>> {
  assert.match(header, /^HMAC-SHA256 apiKey=/)
  const pairs = header.slice('HMAC-SHA256 '.length).split(', ')
  return Object.fromEntries(pairs.map((pair) => pair.split('=', 2)))
}
