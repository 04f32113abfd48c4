// What an SMS drops when not all of it fits, and that the time stays.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { alertMessage } from '../../../../handlers/notifier/words/messages.ts'
import { eucKrBytes } from '../../../../scripts/rehearsal/providers/euc-kr-bytes.ts'
import { called, recorded } from '../reading.ts'
import { en, ko } from './voices.ts'

const drops = suite('an SMS that does not hold everything')

const signIn = recorded('root-console-login-without-mfa')
const IPV6 = '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'

for (const [what, sms, expected] of [
  [
    'leaves out nothing that fits',
    alertMessage(signIn, ko).short,
    '[root-guard] 루트 콘솔 로그인 성공, MFA 없음 01/01 09:00:00 계정 111122223333 203.0.113.24',
  ],
  [
    "loses the account's label before the address",
    alertMessage({ ...signIn, sourceIp: '203.0.113.124' }, ko).short,
    '[root-guard] 루트 콘솔 로그인 성공, MFA 없음 01/01 09:00:00 111122223333 203.0.113.124',
  ],
  [
    'loses an IPv6 address first',
    alertMessage({ ...signIn, sourceIp: IPV6 }, ko).short,
    '[root-guard] 루트 콘솔 로그인 성공, MFA 없음 01/01 09:00:00 계정 111122223333',
  ],
  [
    'cuts a long name, not the words around it',
    alertMessage(called('x'.repeat(200), { readOnly: true, errorCode: 'Denied' }), ko).short,
    `[root-guard] 루트 ${'x'.repeat(47)} 조회 실패 01/01 09:00:00`,
  ],
] as const) {
  drops(what, () => {
    assert.is(sms, expected)
  })
}

drops('drops the address, the account and MFA, in this order, and then cuts what happened', () => {
  const parts = ['[x', ' 01/01 09:00:00', ', MFA 없음', ' 111122223333', ' 203.0.113.24']
  const seen = new Set<number>()
  let before = parts.length
  for (let length = 1; length < 120; length++) {
    const sms = alertMessage(signIn, { ...ko, name: 'x'.repeat(length) }).short
    const missing = parts.findIndex((part) => !sms.includes(part))
    const count = missing === -1 ? parts.length : missing
    assert.ok(!parts.slice(count).some((part) => sms.includes(part)), sms)
    assert.ok(count <= before, sms)
    before = count
    seen.add(count)
    assert.ok((eucKrBytes(sms) ?? 91) <= 90, sms)
  }
  assert.equal([...seen], [5, 4, 3, 2])
})

drops('is never the same for two sign-ins at different seconds, which a guard against duplicates would drop', () => {
  const later = { ...signIn, time: new Date('2026-01-01T00:00:01Z') }
  for (const name of ['rg', 'root-guard', 'x'.repeat(20), 'x'.repeat(200)]) {
    for (const sourceIp of ['', '203.0.113.24', IPV6]) {
      const texts = [signIn, later].map((activity) => alertMessage({ ...activity, sourceIp }, { ...ko, name }).short)
      assert.is.not(texts[0], texts[1])
    }
  }
})

drops('tells two events without a time apart by their ids', () => {
  const timeless = { ...signIn, time: undefined, sourceIp: '', account: '' }
  assert.is(alertMessage(timeless, ko).short, '[root-guard] 루트 콘솔 로그인 성공, MFA 없음 #000000000001')
})

drops('keeps a failure in sight at the longest name a guard may have', () => {
  const activity = recorded('root-create-access-key-refused')
  assert.match(alertMessage(activity, { ...en, name: 'x'.repeat(20) }).short, 'FAILED 01/01 09:00:00')
})
drops.run()
