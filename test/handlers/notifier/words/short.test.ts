// What an SMS drops when not all of it fits, and that the time stays.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkOf } from '../../../../handlers/notifier/words/address.ts'
import { languages } from '../../../../handlers/notifier/words/languages.ts'
import { alertMessage } from '../../../../handlers/notifier/words/messages.ts'
import { eucKrBytes } from '../../../../scripts/rehearsal/providers/euc-kr-bytes.ts'
import { called, recorded } from '../reading.ts'
import { en, ko, voices } from './voices.ts'

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
    "loses the account's label and an IPv6 address's end first, not its network",
    alertMessage({ ...signIn, sourceIp: IPV6 }, ko).short,
    '[root-guard] 루트 콘솔 로그인 성공, MFA 없음 01/01 09:00:00 111122223333 2001:db8:ffff::',
  ],
  [
    'keeps the label beside the network where there is room for both',
    alertMessage({ ...signIn, sourceIp: IPV6 }, { ...en, name: 'rg' }).short,
    '[rg] ROOT signed in, no MFA 01/01 09:00:00 Account 111122223333 2001:db8:ffff::/48',
  ],
  [
    'loses the account before the network of an IPv6 address',
    alertMessage({ ...signIn, sourceIp: IPV6 }, { ...ko, name: 'x'.repeat(20) }).short,
    `[${'x'.repeat(20)}] 루트 콘솔 로그인 성공, MFA 없음 01/01 09:00:00 2001:db8:ffff::/48`,
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

drops(
  'keeps three groups of the longest IPv6 address in a sign-in by the longest name of a guard, in both languages',
  () => {
    const sourceIp = 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'
    for (const kind of [
      'console-login',
      'console-login-failed',
      'cli-login',
      'password-changed',
      'mfa-removed',
    ] as const) {
      for (const mfa of ['used', 'not-used', 'unknown'] as const) {
        for (const voice of voices) {
          for (let length = 1; length <= 20; length++) {
            const { short } = alertMessage({ ...signIn, kind, mfa, sourceIp }, { ...voice, name: 'x'.repeat(length) })
            assert.match(short, ' ffff:ffff:ffff:')
            assert.ok((eucKrBytes(short) ?? 91) <= 90, short)
          }
        }
      }
    }
  },
)

for (const voice of voices) {
  drops(`gives way in ${voice.locale} in one order as the name of the guard grows`, () => {
    const { labels, mfa } = languages[voice.locale]
    const parts = {
      MFA: `, ${mfa['not-used']} `,
      label: ` ${labels.account} `,
      account: ' 111122223333',
      network: ' 2001:db8:ffff::',
      prefix: '::/48',
    }
    const states: string[] = []
    for (let length = 1; length < 150; length++) {
      const sms = alertMessage({ ...signIn, sourceIp: IPV6 }, { ...voice, name: 'x'.repeat(length) }).short
      assert.ok((eucKrBytes(sms) ?? 91) <= 90 && sms.includes(' 01/01 09:00:00'), sms)
      const kept = Object.entries(parts).filter(([, part]) => sms.includes(part))
      const state = kept.map(([name]) => name).join(' ')
      if (states.at(-1) !== state) states.push(state)
    }
    assert.equal(states, [
      'MFA label account network prefix',
      'MFA account network prefix',
      'MFA account network',
      'MFA network prefix',
      'MFA network',
      // There is room for the account alone.
      'MFA account',
      'MFA',
      '',
    ])
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

const network = suite('the network of an address')

for (const [address, expected] of [
  ['2001:db8:e1a3:1:2:3:4:5', '2001:db8:e1a3::/48'],
  ['2001:0DB8:00a3:0001:0002:0003:0004:0005', '2001:db8:a3::/48'],
  ['2001:db8:e1a3:ffff::1', '2001:db8:e1a3::/48'],
  ['2001:db8::ffff:ffff:ffff:ffff', '2001:db8::/48'],
  ['2001:0:53aa:64c:1:2:3:4', '2001:0:53aa::/48'],
  ['2001:db8::1', ''],
  ['::1', ''],
  ['64:ff9b::203.0.113.24', '64:ff9b::/48'],
  ['::ffff:203.0.113.24', '203.0.113.24'],
  ['203.0.113.24', ''],
  ['backup.amazonaws.com', ''],
  ['AWS Internal', ''],
  ['2001:db8:x::1', ''],
  ['', ''],
] as const) {
  network(`of ${address || 'nothing'} is ${expected || 'not said'}`, () => {
    assert.is(networkOf(address), expected)
  })
}
network.run()
