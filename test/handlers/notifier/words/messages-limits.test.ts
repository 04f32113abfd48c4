// What does not change a text whatever a record says: its limits, its lines, its alphabet. Whoever acts as root writes
// the user agent, the names and the error messages. Bytes are counted as the carriers count.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Activity } from '../../../../handlers/notifier/activity.ts'
import { longText, smsText } from '../../../../handlers/notifier/words/messages.ts'
import { eucKrBytes } from '../../../../scripts/rehearsal/providers/euc-kr-bytes.ts'

const ko = { name: 'root-guard', locale: 'ko', timeZone: 'Asia/Seoul' } as const
const en = { ...ko, locale: 'en' } as const
const signIn: Activity = {
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'console-login',
  drill: false,
  name: 'ConsoleLogin',
  service: 'signin.amazonaws.com',
  actor: 'root',
  identity: 'arn:aws:iam::111122223333:root',
  account: '111122223333',
  region: 'us-east-1',
  time: new Date('2026-01-01T00:00:00Z'),
  failure: undefined,
  mfa: 'not-used',
  sourceIp: '203.0.113.24',
  userAgent: 'aws-cli/2.32.0',
}
const IPV6 = '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'
/** Only under its kind is a name or a failure part of the headline. */
const kinds = ['console-login', 'console-login-failed', 'call', 'other'] as const

const drops = suite('an SMS that does not hold everything')

for (const [what, sms, expected] of [
  [
    'loses an IPv6 address first',
    smsText({ ...signIn, sourceIp: IPV6 }, ko),
    '[root-guard] 루트 콘솔 로그인 성공, MFA 없음 01/01 09:00 계정 111122223333',
  ],
  [
    'loses the address first to a long name',
    smsText(signIn, { ...en, name: 'security-root-guards' }),
    '[security-root-guards] ROOT signed in, no MFA 01/01 09:00 Account 111122223333',
  ],
  [
    'keeps the time beside a name that fills it',
    smsText({ ...signIn, kind: 'call', name: 'x'.repeat(200) }, ko),
    `[root-guard] 루트 ${'x'.repeat(60)} 01/01 09:00`,
  ],
] as const) {
  drops(what, () => {
    assert.is(sms, expected)
  })
}

drops('drops the address, the account and MFA, in this order, and then cuts what happened', () => {
  const parts = ['[x', ' 01/01 09:00', ', MFA 없음', ' 계정 111122223333', ' 203.0.113.24']
  const seen = new Set<number>()
  let before = parts.length
  for (let length = 1; length < 120; length++) {
    const sms = smsText(signIn, { ...ko, name: 'x'.repeat(length) })
    const kept = parts.findIndex((part) => !sms.includes(part))
    const count = kept === -1 ? parts.length : kept
    assert.ok(!parts.slice(count).some((part) => sms.includes(part)), sms)
    assert.ok(count <= before, sms)
    before = count
    seen.add(count)
    assert.ok((eucKrBytes(sms) ?? 91) <= 90, sms)
  }
  assert.equal([...seen], [5, 4, 3, 2])
})

drops('is never the same for two sign-ins at different minutes, which a guard against duplicates would drop', () => {
  const later = { ...signIn, time: new Date('2026-01-01T00:40:00Z') }
  for (const name of ['rg', 'root-guard', 'x'.repeat(20), 'x'.repeat(200)]) {
    for (const sourceIp of ['', '203.0.113.24', IPV6]) {
      const texts = [signIn, later].map((activity) => smsText({ ...activity, sourceIp }, { ...ko, name }))
      assert.is.not(texts[0], texts[1])
    }
  }
})

drops('leaves no gap for what the record does not say', () => {
  const bare = { ...signIn, time: undefined, sourceIp: '', account: '' }
  assert.is(smsText(bare, ko), '[root-guard] 루트 콘솔 로그인 성공, MFA 없음')
})
drops.run()

/** What somebody might write to break out of a line, turn it around, or make it too long. */
const HOSTILE: Readonly<Record<string, string>> = {
  'line breaks': 'a\nRecord: forged\r\nb\rc\n\n기록: 가짜',
  'line breaks of other systems': 'a\u2028b\u2029c\u0085d\u000be\u000cf',
  'control characters': Array.from({ length: 0x20 }, (_, code) => `${String.fromCharCode(code)}x`).join('\u007f\u009f'),
  'bidi marks': 'a\u202egnol\u202c\u2066b\u2067c\u2068d\u2069\u200e\u200f\u061c',
  'invisible characters': 'a\u200bb\u200c\u2060\ufeff\u00ad\u{e0041}c',
  emoji: '👩‍👩‍👧‍👦🚨⚠️✅'.repeat(40),
  'lone surrogates': '\ud83d a \ude00 b \ud83d',
  'combining marks': `e${'\u0301'.repeat(500)}`,
  'rare Hangul': '똠햏뷁'.repeat(100),
  'private use': '\ue000\uf8ff\u{100000}',
  markup: '<b>*_`[x](https://example.com)&amp;</b>',
  'a whole book': 'long '.repeat(2_000),
  'one long word': '루'.repeat(10_000),
}
const WRITTEN = ['name', 'service', 'identity', 'account', 'region', 'failure', 'sourceIp', 'userAgent', 'id'] as const

const hostile = suite('a hostile record')

for (const [what, text] of Object.entries(HOSTILE)) {
  hostile(`cannot make an SMS that a carrier refuses out of ${what}`, () => {
    for (const activity of withEverywhere(text)) {
      for (const voice of [ko, en]) {
        const sms = smsText(activity, voice)
        const bytes = eucKrBytes(sms)
        assert.ok(bytes !== undefined && bytes <= 90, `${bytes} bytes: ${sms}`)
        assert.not.match(sms, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        assert.match(sms, /^\[root-guard\] (훈련 |TEST )?(루트|ROOT|알림: |Notice: )/)
      }
    }
  })

  hostile(`cannot add a line to the long text, or make it too long for Telegram, with ${what}`, () => {
    for (const activity of withEverywhere(text)) {
      for (const voice of [ko, en]) {
        const lines = longText(activity, voice).split('\n')
        assert.ok(lines.join('\n').length <= 4096)
        assert.ok(lines.join('\n').isWellFormed(), 'half a surrogate pair, which Telegram refuses')
        assert.equal(lines.map(labelOf), longText(signIn, voice).split('\n').map(labelOf))
        for (const line of lines) assert.not.match(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      }
    }
  })
}
hostile.run()

/** One activity for each field that holds the text, and one for each kind where all of them do. */
function withEverywhere(text: string): readonly Activity[] {
  const all = Object.fromEntries(WRITTEN.map((field) => [field, text]))
  const single = WRITTEN.map((field) => ({ ...signIn, kind: 'call' as const, [field]: text }))
  return [...single, ...kinds.flatMap((kind) => [false, true].map((drill) => ({ ...signIn, ...all, kind, drill })))]
}

/** What a line of the long text is a line of; the first is the title, the second is empty. */
function labelOf(line: string, index: number): string {
  return index === 0 ? 'title' : line.replace(/:.*/, '')
}
