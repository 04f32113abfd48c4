// The texts of an alert: what they say of each record, what an SMS drops when not all of it fits, and what a hostile
// record cannot do to them. Bytes are counted as the carriers count, not with the notifier's own counter.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Activity, readActivity } from '../../../../handlers/notifier/activity.ts'
import { longText, smsText } from '../../../../handlers/notifier/words/messages.ts'
import { eucKrBytes } from '../../../../scripts/rehearsal/providers/euc-kr-bytes.ts'
import { corpus } from '../../../../scripts/rehearsal/records.ts'

const ko = { name: 'root-guard', locale: 'ko', timeZone: 'Asia/Seoul' } as const
const en = { ...ko, locale: 'en' } as const
const voices = [ko, en]

const golden = suite('the SMS of a record')

for (const [record, korean, english] of [
  [
    'root-console-login-with-mfa',
    '[root-guard] 루트 콘솔 로그인 성공, MFA 사용 01/01 09:00 203.0.113.24 계정 111122223333',
    '[root-guard] ROOT signed in, MFA used 01/01 09:00 203.0.113.24 Account 111122223333',
  ],
  [
    'root-console-login-without-mfa',
    '[root-guard] 루트 콘솔 로그인 성공, MFA 없음 01/01 09:00 203.0.113.24 계정 111122223333',
    '[root-guard] ROOT signed in, no MFA 01/01 09:00 203.0.113.24 Account 111122223333',
  ],
  [
    'root-console-login-failed',
    '[root-guard] 루트 콘솔 로그인 실패 01/01 09:00 198.51.100.7 계정 111122223333',
    '[root-guard] ROOT sign-in FAILED 01/01 09:00 198.51.100.7 Account 111122223333',
  ],
  [
    'root-create-access-key',
    '[root-guard] 루트 CreateAccessKey 01/01 09:00 203.0.113.24 계정 111122223333',
    '[root-guard] ROOT CreateAccessKey 01/01 09:00 203.0.113.24 Account 111122223333',
  ],
  [
    'root-list-buckets-in-seoul',
    '[root-guard] 루트 ListBuckets 01/01 09:00 203.0.113.24 계정 111122223333',
    '[root-guard] ROOT ListBuckets 01/01 09:00 203.0.113.24 Account 111122223333',
  ],
  [
    'iam-user-console-login',
    '[root-guard] 루트 아님 콘솔 로그인 성공, MFA 사용 01/01 09:00 192.0.2.10 계정 111122223333',
    '[root-guard] Not root signed in, MFA used 01/01 09:00 192.0.2.10 Account 111122223333',
  ],
] as const) {
  golden(`says in both languages what happened in ${record}`, () => {
    assert.is(smsText(recorded(record), ko), korean)
    assert.is(smsText(recorded(record), en), english)
  })
}

golden('says of a call that was denied that it failed', () => {
  const denied = { ...recorded('root-create-access-key'), failure: 'AccessDenied' }
  assert.match(smsText(denied, ko), '루트 CreateAccessKey 실패 ')
  assert.match(smsText(denied, en), 'ROOT CreateAccessKey FAILED ')
})
golden('fits into 90 bytes of EUC-KR whatever the record', () => {
  for (const { event, name } of corpus()) {
    for (const voice of voices) {
      const bytes = eucKrBytes(smsText(read(JSON.stringify(event)), voice))
      assert.ok(bytes !== undefined && bytes <= 90, name)
    }
  }
})
golden.run()

const long = suite('the long text of a record')

const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'

long('says in Korean what happened, a line each', () => {
  const expected = `🚨 [root-guard] 루트 콘솔 로그인 실패

누가: 루트 사용자
무엇을: ConsoleLogin (signin.amazonaws.com)
결과: 실패 (Failed authentication), MFA 없음
어디서: 198.51.100.7 · ${BROWSER}
언제: 2026-01-01 09:00:00 Asia/Seoul (2026-01-01T00:00:00Z)
계정: 111122223333
리전: us-east-1
기록: 00000000-0000-4000-8000-000000000001`
  assert.is(longText(recorded('root-console-login-failed'), ko), expected)
})

long('says in English what happened, a line each', () => {
  const expected = `🚨 [root-guard] ROOT CreateAccessKey

Who: the root user
What: CreateAccessKey (iam.amazonaws.com)
Result: succeeded, no MFA
From: 203.0.113.24 · signin.amazonaws.com
When: 2026-01-01 09:00:00 Asia/Seoul (2026-01-01T00:00:00Z)
Account: 111122223333
Region: us-east-1
Record: 00000000-0000-4000-8000-000000000001`
  assert.is(longText(recorded('root-create-access-key'), en), expected)
})

long('names who it was when it was not root', () => {
  assert.match(longText(recorded('iam-user-console-login'), en), 'Who: arn:aws:iam::111122223333:user/minji\n')
})

long('says of what the record leaves out that it is not known', () => {
  const nothing = { identity: '', account: '', region: '', sourceIp: '', userAgent: '', time: undefined }
  const lines = longText({ ...recorded('iam-user-console-login'), ...nothing }, en).split('\n')
  for (const label of ['Who', 'From', 'When', 'Account', 'Region'])
    assert.ok(lines.includes(`${label}: unknown`), label)
})
long.run()

const drills = suite('a drill')

drills('says that it is one before it says anything else', () => {
  const drill = { ...recorded('root-console-login-with-mfa'), drill: true }
  assert.match(smsText(drill, ko), /^\[root-guard\] 훈련 루트 콘솔 로그인 /)
  assert.match(smsText(drill, en), /^\[root-guard\] TEST ROOT signed in, /)
  assert.match(longText(drill, ko), /^훈련 · \[root-guard\] 루트 콘솔 로그인 성공\n/)
  assert.match(longText(drill, en), /^TEST · \[root-guard\] ROOT signed in\n/)
})

drills('still says so when everything else is too long', () => {
  const drill = { ...recorded('root-create-access-key'), drill: true, name: 'Long'.repeat(100) }
  assert.match(smsText(drill, ko), /^\[root-guard\] 훈련 루트 Long/)
  assert.match(longText(drill, ko), /^훈련 · /)
})

drills('is what nothing else calls itself', () => {
  for (const { event } of corpus().filter(({ kind }) => kind !== 'drill')) {
    const activity = read(JSON.stringify(event))
    for (const text of [smsText, longText]) {
      assert.not.match(text(activity, ko), '훈련')
      assert.not.match(text(activity, en), 'TEST')
    }
  }
})
drills.run()

const times = suite('the time in a text')

for (const [zone, instant, short, whole] of [
  ['Asia/Seoul', '2025-12-31T15:00:00Z', '01/01 00:00', '2026-01-01 00:00:00'],
  ['UTC', '2026-02-28T23:59:59.999Z', '02/28 23:59', '2026-02-28 23:59:59'],
  ['America/New_York', '2026-03-08T06:59:59Z', '03/08 01:59', '2026-03-08 01:59:59'],
  ['America/New_York', '2026-03-08T07:00:00Z', '03/08 03:00', '2026-03-08 03:00:00'],
  ['America/New_York', '2026-11-01T05:30:00Z', '11/01 01:30', '2026-11-01 01:30:00'],
  ['America/New_York', '2026-11-01T06:30:00Z', '11/01 01:30', '2026-11-01 01:30:00'],
  ['Asia/Kolkata', '2026-01-01T18:29:00Z', '01/01 23:59', '2026-01-01 23:59:00'],
  ['Asia/Kolkata', '2026-01-01T18:30:00Z', '01/02 00:00', '2026-01-02 00:00:00'],
] as const) {
  times(`is ${short} in ${zone} at ${instant}`, () => {
    const activity = { ...recorded('root-create-access-key'), time: new Date(instant) }
    const voice = { ...ko, timeZone: zone }
    assert.match(smsText(activity, voice), ` ${short} `)
    const utc = instant.replace('.999', '')
    assert.match(longText(activity, voice), `\n언제: ${whole} ${zone} (${utc})\n`)
  })
}

times('is the same whatever the zone of the machine and however often it is asked', () => {
  const before = process.env.TZ
  const texts = ['Asia/Seoul', 'America/New_York', 'UTC'].map((zone) => {
    process.env.TZ = zone
    const activity = recorded('root-console-login-without-mfa')
    return voices.flatMap((voice) => [smsText(activity, voice), longText(activity, voice)])
  })
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
  assert.equal(texts[1], texts[0])
  assert.equal(texts[2], texts[0])
})
times.run()

function recorded(name: string): Activity {
  return read(JSON.stringify(corpus().find((record) => record.name === name)?.event))
}

function read(body: string): Activity {
  const reading = readActivity(body)
  if ('refused' in reading) throw new Error(reading.refused)
  return reading.activity
}
