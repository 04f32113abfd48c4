// What a digest tells of its window, and what is told when the day's SMS are used up.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Digest } from '../../../../handlers/notifier/digest.ts'
import { type Kind, kinds } from '../../../../handlers/notifier/kinds.ts'
import { capMessage, digestMessage } from '../../../../handlers/notifier/words/messages.ts'
import { assertWithinLimits, en, ko, linesOf, voices } from './voices.ts'

const WINDOW: Digest = {
  id: 'window',
  of: 'notable',
  official: true,
  more: false,
  account: '111122223333',
  opened: new Date('2026-01-01T00:00:00Z'),
  closed: new Date('2026-01-01T00:10:00Z'),
  total: 1_000,
  told: 1,
  calls: [
    { name: 'ListBuckets', count: 600, failed: 0 },
    { name: 'GetBucketPolicy', count: 300, failed: 12 },
    { name: 'ListUsers', count: 50, failed: 0 },
    { name: 'RunInstances', count: 30, failed: 30 },
    { name: 'CreateBucket', count: 10, failed: 0 },
    { name: 'GetUser', count: 6, failed: 1 },
    { name: 'ListKeys', count: 4, failed: 0 },
  ],
}

const digest = suite('a digest')

digest('tells from when to when, how many, and of what most', () => {
  const lines = linesOf(digestMessage(WINDOW, en))
  assert.equal(lines.slice(0, 12), [
    '🔔 [root-guard] Digest: root activity 1000x, 43 failed',
    'What happened in this time, told together.',
    '',
    'Between: 2026-01-01 09:00:00 Asia/Seoul (2026-01-01T00:00:00Z) ~ 2026-01-01 09:10:00 Asia/Seoul (2026-01-01T00:10:00Z)',
    'Total: 1000x, 43 failed, 1 told before',
    '- ListBuckets 600x',
    '- GetBucketPolicy 300x (12 failed)',
    '- ListUsers 50x',
    '- RunInstances 30x (30 failed)',
    '- CreateBucket 10x',
    '- others 10x (1 failed)',
    '',
  ])
})

digest('has numbers that add up to its total', () => {
  for (const total of [996, 1_000, 1_200]) {
    const counts = linesOf(digestMessage({ ...WINDOW, total }, ko)).flatMap(
      (line) => /^- .* (\d+)건/.exec(line)?.[1] ?? [],
    )
    const sum = counts.map(Number).reduce((one, other) => one + other, 0)
    assert.is(sum, total)
  }
})

digest('has no line for others where there are none', () => {
  const calls = WINDOW.calls.slice(0, 2)
  assert.not.match(linesOf(digestMessage({ ...WINDOW, total: 900, calls }, en)).join('\n'), 'others')
})

digest('is an SMS that says its window to the second', () => {
  assert.is(
    digestMessage(WINDOW, ko).short,
    '[root-guard] 요약: 루트 활동 1000건, 실패 43 01/01 09:00:00~09:10:00 계정 111122223333',
  )
  const next = { ...WINDOW, opened: WINDOW.closed, closed: new Date('2026-01-01T00:20:00Z') }
  assert.is.not(digestMessage(next, ko).short, digestMessage(WINDOW, ko).short)
})

digest('says which kind it counts, as loud as that is', () => {
  const of = (kind: Kind) => digestMessage({ ...WINDOW, of: kind, total: 3, calls: [] }, en)
  assert.is(linesOf(of('console-login'))[0], '🚨 [root-guard] Digest: signed in 3x')
  assert.is(linesOf(of('console-login-failed'))[0], '🔔 [root-guard] Digest: sign-in FAILED 3x')
  assert.is(linesOf(of('guard-touched'))[0], '🚨 [root-guard] Digest: guard touched 3x')
})

digest('fits every form, of every kind, with hostile names', () => {
  const calls = Array.from({ length: 20 }, (_, at) => ({
    name: `\n훈련 ${at}<b>${'x'.repeat(500)}`,
    count: 1,
    failed: 1,
  }))
  const large = { ...WINDOW, calls, account: 'x'.repeat(500), total: Number.MAX_SAFE_INTEGER }
  for (const of of ['notable', 'failures', ...Object.keys(kinds)] as Digest['of'][]) {
    for (const voice of voices) {
      assertWithinLimits(digestMessage({ ...WINDOW, of }, voice))
      assertWithinLimits(digestMessage({ ...large, of }, { ...voice, name: 'x'.repeat(20) }))
    }
  }
})
digest.run()

const cap = suite("the day's SMS being used up")

const USED = { day: '2026-01-01', cap: 50, reserve: false, account: '111122223333' }

cap('is told in an SMS with the number and the day', () => {
  const korean = '[root-guard] 오늘 SMS 한도 50건 소진, 자정까지 긴급 외에는 다른 경로로만 2026-01-01'
  assert.is(capMessage(USED, ko).short, korean)
  const english = '[root-guard] SMS cap of 50 a day is used up, till midnight critical ones only 2026-01-01'
  assert.is(capMessage(USED, en).short, english)
})

cap('says when the reserve is used up too', () => {
  const used = { ...USED, reserve: true }
  assert.is(
    capMessage(used, ko).short,
    '[root-guard] 오늘 SMS 한도 100건 소진, 자정까지 SMS 없음 2026-01-01 계정 111122223333',
  )
  assert.is(
    capMessage(used, en).short,
    '[root-guard] SMS cap of 100 a day is used up, no more SMS till midnight 2026-01-01',
  )
})

cap('fits every form', () => {
  for (const voice of voices) {
    for (const name of ['rg', 'root-guard', 'x'.repeat(20)]) {
      assertWithinLimits(capMessage(USED, { ...voice, name }))
      assertWithinLimits(capMessage({ ...USED, cap: 1_000_000, account: 'x'.repeat(500) }, { ...voice, name }))
    }
  }
})
cap.run()
