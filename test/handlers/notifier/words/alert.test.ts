// What an alert says: its title, its lines, its warnings, its link. Every kind in every language is in docs/messages.md.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kinds } from '../../../../handlers/notifier/kinds.ts'
import { languages } from '../../../../handlers/notifier/words/languages.ts'
import { alertMessage } from '../../../../handlers/notifier/words/messages.ts'
import { corpus } from '../../../../scripts/rehearsal/records.ts'
import { called, event, read, recorded } from '../reading.ts'
import { assertWithinLimits, en, ko, linesOf, voices } from './voices.ts'

const golden = suite('an alert')

golden('says in Korean what happened, to whom, and what to do first', () => {
  const message = alertMessage(recorded('root-create-access-key'), ko)
  const expected = `🚨 [root-guard] 루트 액세스 키 생성
루트 사용자가 자기 액세스 키를 만들었습니다.

누가: 루트 사용자 · ASIAEXAMPLEEXAMPLE00
무엇을: CreateAccessKey · iam.amazonaws.com
대상: AKIAEXAMPLEEXAMPLE00
결과: 성공, MFA 없음
어디서: 203.0.113.24 · signin.amazonaws.com
언제: 2026-01-01 09:00:00 Asia/Seoul (2026-01-01T00:00:00Z)
계정: 111122223333
리전: us-east-1
기록: 00000000-0000-4000-8000-000000000001

먼저 할 일: 만든 사람이 없으면 루트로 로그인해 이 키를 비활성화하고, 이 키를 쓴 기록을 CloudTrail에서 찾으세요.
CloudTrail: https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/00000000-0000-4000-8000-000000000001`
  assert.is(linesOf(message).join('\n'), expected)
  assert.is(message.short, '[root-guard] 루트 액세스 키 생성 01/01 09:00:00 계정 111122223333 203.0.113.24')
  assert.is(message.subject, '[root-guard] 루트 액세스 키 생성')
})

golden('says the same in English', () => {
  const { short, subject, template } = alertMessage(recorded('root-console-login-without-mfa'), en)
  assert.is(short, '[root-guard] ROOT signed in, no MFA 01/01 09:00:00 Account 111122223333 203.0.113.24')
  assert.is(subject, '[root-guard] ROOT signed in')
  assert.is(template.what, 'The root user signed in to the console.')
  assert.is(template.from, '203.0.113.24')
})

golden('is bold in its title and what to do, and says what is foreign', () => {
  const { lines } = alertMessage(called('ListBuckets', { readOnly: true }), en)
  assert.equal(lines[0], [
    { text: '🔔 [root-guard] ROOT ', style: 'bold' },
    { text: 'ListBuckets', style: 'foreign' },
    { text: ' (read)', style: 'bold' },
  ])
  assert.equal(lines.at(-1)?.[0], { text: 'Do first: ', style: 'bold' })
})

golden('rings by its severity, and always says what is unknown', () => {
  for (const { name } of corpus()) {
    const activity = recorded(name)
    const [title = ''] = linesOf(alertMessage(activity, ko))
    const icon = activity.severity === 'critical' ? '🚨 [' : '🔔 ['
    if (activity.official && !activity.drill) assert.ok(title.startsWith(icon), title)
  }
  const lines = linesOf(alertMessage(called('X', { userIdentity: {}, eventSource: 'x.amazonaws.com' }), en))
  for (const label of ['Who', 'From']) assert.ok(lines.includes(`${label}: unknown`), label)
})

for (const { name } of corpus()) {
  golden(`fits every form in every language: ${name}`, () => {
    for (const voice of voices) {
      for (const guard of ['rg', 'root-guard', 'x'.repeat(20)]) {
        assertWithinLimits(alertMessage(recorded(name), { ...voice, name: guard }))
      }
    }
  })
}

golden('says of what failed that it did, in each form', () => {
  const activity = recorded('root-create-access-key-refused')
  for (const [voice, word] of [
    [ko, '실패'],
    [en, 'FAILED'],
  ] as const) {
    const { short, lines, template } = alertMessage(activity, voice)
    for (const text of [short, lines[0]?.map(({ text }) => text).join('') ?? '', template.title, template.what]) {
      assert.match(text, word)
    }
  }
})

golden('says MFA of every sign-in, and of a failed one that got as far', () => {
  const smsOf = (name: string) => alertMessage(recorded(name), en).short
  assert.match(smsOf('root-console-login-mfa-not-said'), 'ROOT signed in, MFA unknown 01/01')
  assert.match(smsOf('root-console-login-failed'), 'ROOT sign-in FAILED 01/01')
  assert.match(smsOf('root-console-login-failed-mfa'), 'ROOT sign-in FAILED, MFA used 01/01')
})

golden('names the account that it happened in, and who called from which other account', () => {
  const of = (userIdentity: object) => {
    const lines = linesOf(alertMessage(called('Subscribe', { userIdentity }), en))
    return lines.filter((line) => /^(Who|Account): /.test(line))
  }
  const principalId = 'AROAEXAMPLEEXAMPLE00:minji'
  const other = 'arn:aws:sts::444455556666:assumed-role/admin/minji'
  for (const [userIdentity, who] of [
    [{ type: 'AWSAccount', principalId, accountId: '444455556666' }, `${principalId} · Account 444455556666`],
    [{ type: 'AssumedRole', arn: other, principalId, accountId: '444455556666' }, `${other} · Account 444455556666`],
    [{ type: 'AWSAccount', principalId: '444455556666', accountId: '444455556666' }, 'Account 444455556666'],
    [
      { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' },
      'anonymous, without credentials (ANONYMOUS_PRINCIPAL)',
    ],
    [{ type: 'AWSAccount', accountId: '444455556666' }, 'Account 444455556666'],
    [{ type: 'AWSAccount', accountId: '111122223333' }, '111122223333'],
    [{ type: 'AWSAccount' }, 'unknown'],
    [{ type: 'Root', userName: 'AWS ROOT USER' }, 'the root user'],
    [{ type: 'AssumedRole', arn: other, accountId: 111122223333 }, other],
    [{ type: 'Root', principalId: '111122223333', accountId: '111122223333' }, 'the root user'],
    [
      { type: 'Root', arn: 'arn:aws:iam::444455556666:root', accountId: '444455556666' },
      'the root user · Account 444455556666',
    ],
  ] as const) {
    assert.equal(of(userIdentity), [`Who: ${who}`, 'Account: 111122223333'])
  }
  const { short } = alertMessage(called('Subscribe', { userIdentity: { accountId: '444455556666' } }), en)
  assert.match(short, 'Account 111122223333')
})

golden('never says who it was by the type of an account or the sign of no credentials alone', () => {
  for (const { name } of corpus()) {
    for (const voice of voices) {
      const who = linesOf(alertMessage(recorded(name), voice)).find((line) => /^(Who|누가): /.test(line))
      assert.not.match(who ?? '', /: (AWSAccount|ANONYMOUS_PRINCIPAL)/, name)
    }
  }
})

golden('says in both languages whose root AssumeRoot was called for, and with which task policy', () => {
  const name = 'assume-root-seen-by-the-member-account'
  for (const [voice, who, sentence] of [
    [
      en,
      'Who: AROAEXAMPLEEXAMPLE009:minji · Account 444455556666',
      'Another principal took a root session by AssumeRoot: 111122223333 · IAMCreateRootUserPassword',
    ],
    [
      ko,
      '누가: AROAEXAMPLEEXAMPLE009:minji · 계정 444455556666',
      '다른 주체가 AssumeRoot로 루트 세션을 얻었습니다: 111122223333 · IAMCreateRootUserPassword',
    ],
  ] as const) {
    const lines = linesOf(alertMessage(recorded(name), voice))
    for (const line of [who, sentence]) assert.ok(lines.includes(line), line)
  }
})

golden('says of an application that is let in where it is sent to and for what, in both languages', () => {
  const [to, resource] = ['https://agent.example.com/oauth/callback', 'https://aws-mcp.ap-northeast-2.api.aws/mcp']
  for (const [voice, sentence] of [
    [en, 'The root user let an application act with its rights: '],
    [ko, '루트 사용자가 애플리케이션에 자기 권한 사용을 허용했습니다: '],
  ] as const) {
    const message = alertMessage(recorded('agent-of-the-mcp-server-allowed'), voice)
    assert.ok(linesOf(message).includes(`${sentence}${to} → ${resource}`))
    assert.not.match(message.short, 'https')
  }
})

golden('says of what failed that it did, wherever the record says so, and in the digest as well', () => {
  for (const name of [
    'oauth-token-refused-without-an-error-code',
    'password-recovery-completed-failed',
    'external-directory-login-failed',
  ]) {
    for (const [voice, result] of [
      [en, /^Result: failed/],
      [ko, /^결과: 실패/],
    ] as const) {
      assert.ok(
        linesOf(alertMessage(recorded(name), voice)).some((line) => result.test(line)),
        name,
      )
    }
  }
})

golden('says whose session it was when AssumeRoot made it', () => {
  const userIdentity = { type: 'Root', sessionContext: { assumedRoot: true } }
  assert.match(alertMessage(called('CreateLoginProfile', { userIdentity }), en).short, '] AssumeRoot session: password')
  assert.match(alertMessage(called('DeleteQueue', { userIdentity }), ko).short, '] AssumeRoot 세션 DeleteQueue 01/01')
})
golden.run()

const marks = suite('what is no alarm')

marks('says so before anything else, in each form', () => {
  for (const [record, korean, english] of [
    ['drill', '훈련 ', 'TEST '],
    ['forged-account-closed', 'AWS 발신 아님 ', 'NOT FROM AWS '],
    ['partner-root-sign-in', 'AWS 발신 아님 ', 'NOT FROM AWS '],
  ] as const) {
    for (const [voice, mark] of [
      [ko, korean],
      [en, english],
    ] as const) {
      const message = alertMessage(recorded(record), voice)
      for (const text of [message.short, message.subject, message.template.title, linesOf(message)[0] ?? '']) {
        assert.ok(text.startsWith(mark), text)
      }
    }
  }
})

marks('says so however long the rest is', () => {
  const body = event({ eventName: 'Long'.repeat(100) }, { source: 'root-guard.drill' })
  assert.match(alertMessage(read(body), ko).short, /^훈련 \[root-guard\] 루트일 수 있음: Long.*호출 01\/01 09:00:00$/)
})

marks('is called so by nothing else, whatever an event calls itself', () => {
  for (const { name } of corpus()) {
    const activity = recorded(name)
    if (activity.drill || !activity.official) continue
    assert.match(alertMessage({ ...activity, name: 'TEST', userAgent: 'TEST' }, en).short, /^\[root-guard\] /)
  }
})

marks('names who says so where AWS does not', () => {
  const lines = linesOf(alertMessage(recorded('forged-account-closed'), en))
  assert.ok(lines.includes('AWS did not send this event. Its source: forged.account'))
  assert.not.match(lines.join('\n'), 'https://')
})

marks('gives nothing of AWS to an event that calls its service by a name of AWS', () => {
  const body = event({ eventSource: 'aws.config', eventName: 'X' }, { source: 'custom' })
  const lines = linesOf(alertMessage(read(body), en))
  for (const label of ['Who', 'From']) assert.ok(lines.includes(`${label}: unknown`), label)
})
marks.run()

const late = suite('a late record')

late('tells when it happened, with the year, that it is told late, and why', () => {
  const activity = recorded('root-delivered-after-outage')
  const korean = alertMessage(activity, ko)
  assert.match(korean.short, '2025/10/20 17:00:00 지연 통보')
  assert.ok(linesOf(korean).includes('지난 일을 뒤늦게 알립니다(AWS 장애). 아래 시각이 실제 발생 시각입니다.'))
  assert.match(korean.template.what, '뒤늦게')
  const english = alertMessage(activity, en)
  assert.match(english.short, '2025/10/20 17:00:00 told late')
  assert.ok(linesOf(english).includes('This is told late (an outage at AWS). It happened at the time below.'))
})

late('gives a reason nobody knows as AWS wrote it', () => {
  for (const reason of ['OF_TOMORROW', 'constructor', '__proto__']) {
    const message = alertMessage(called('X', { addendum: { reason } }), en)
    assert.ok(linesOf(message).includes(`This is told late (${reason}). It happened at the time below.`))
  }
})
late.run()

const link = suite('the link to the record')

const ID = '00000000-0000-4000-8000-000000000001'
for (const [what, detail, linked] of [
  ['a record of CloudTrail', { eventID: ID, awsRegion: 'ap-northeast-2' }, true],
  ['an id that is none', { eventID: 'x', awsRegion: 'ap-northeast-2' }, false],
  ['an id that goes on', { eventID: `${ID}?x`, awsRegion: 'ap-northeast-2' }, false],
  ['a Region called global', { eventID: ID, awsRegion: 'global' }, false],
  ['a Region that is an address', { eventID: ID, awsRegion: 'evil.example.com/x-1' }, false],
  ['an event of AWS that is no record', { awsRegion: 'ap-northeast-2' }, false],
] as const) {
  link(`is ${linked ? '' : 'not '}given for ${what}`, () => {
    const last = linesOf(alertMessage(called('X', detail), en)).at(-1) ?? ''
    const url = `https://ap-northeast-2.console.aws.amazon.com/cloudtrailv2/home?region=ap-northeast-2#/events/${ID}`
    assert.is(last === `CloudTrail: ${url}`, linked)
    assert.is(last.includes('https://'), linked)
  })
}
link.run()

const tables = suite('the words of a language')

tables('say something of every kind, and close every sentence that is not about a name', () => {
  for (const { kinds: said, todo } of Object.values(languages)) {
    assert.equal(Object.keys(said).sort(), Object.keys(kinds).sort())
    for (const [title, sentence] of Object.values(said)) {
      assert.ok(title.trim() !== '')
      assert.match(sentence, /(\.|: \{\})$/)
    }
    for (const step of Object.values(todo)) assert.ok(step.length > 0 && step.length <= 200)
  }
})
tables.run()
