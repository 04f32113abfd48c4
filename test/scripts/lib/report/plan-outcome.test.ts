// A plan of a deploy that would refuse: not ok, and said on top, in the comment and in the job's one sentence alike.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sentenceFor } from '../../../../scripts/lib/github/sentences.ts'
import { planOutcome } from '../../../../scripts/lib/report/plan-outcome.ts'

const STALE = {
  what: 'the stack root-guard-bootstrap is not what root-guard.yaml comes to now:\nupdate PlanRole',
  hint: 'npm run bootstrap, as an administrator',
}
const nothing = { plans: [], retention: undefined, blockers: [], warnings: [] }
const once = { failOnChanges: false }

const test = suite('what a plan comes to')

test('with nothing in the way is ok, and its Markdown begins with what would change', () => {
  const { ok, json, markdown = '' } = planOutcome(nothing, once)
  assert.equal([ok, json], [true, { changes: false, blockers: [], warnings: [], stackSets: [] }])
  assert.match(markdown, /^### Plan\n\nNo changes: the account is as configured\.\n/)
})

test('with something in the way is not ok, and what to do stands before what would change', () => {
  const { ok, text, markdown = '' } = planOutcome({ ...nothing, blockers: [STALE] }, once)
  assert.is(ok, false)
  assert.match(text, `${STALE.what}\n  → ${STALE.hint}`)
  assert.match(
    markdown,
    /^### Plan\n\n\*\*A deploy would refuse, and write nothing, until this is done:\*\*\n\n- ⛔ the stack .* now: update PlanRole → npm run bootstrap, as an administrator\n\nNo changes/,
  )
})

test("names the first of them in the job's one sentence, and counts the others", () => {
  const { markdown = '' } = planOutcome(
    { ...nothing, blockers: [STALE, { what: 'a recorder', hint: 'reuse it' }] },
    once,
  )
  assert.is(
    sentenceFor('plan', 1, markdown),
    'A deploy would refuse, so nothing is to be merged or approved yet: the stack root-guard-bootstrap is not what root-guard.yaml comes to now: update PlanRole → npm run bootstrap, as an administrator (and 1 more below).',
  )
})

test('that could not compare names no StackSet as what is in the way', () => {
  assert.match(sentenceFor('plan', 1, '### npm run plan failed\n\n- us-east-1 is behind\n'), 'could not be told')
})

test('counts what AWS Config remembers as a change, though it is in no template', () => {
  const days = { ...nothing, retention: { from: 2557, to: 365 } }
  const { ok, json, text, markdown = '' } = planOutcome(days, once)
  assert.equal([ok, (json as { changes: boolean }).changes], [true, true])
  for (const said of [text, markdown]) {
    assert.match(said, 'AWS Config would keep what it records for 365 days, and keeps it for 2557 now')
    assert.not.match(said, 'No changes')
  }
  assert.is(planOutcome(days, { failOnChanges: true }).ok, false)
})

test('a warning is said and stops nothing', () => {
  const {
    ok,
    text,
    markdown = '',
  } = planOutcome({ ...nothing, warnings: [{ what: 'a trail', hint: 'look at it' }] }, once)
  assert.is(ok, true)
  assert.match(text, 'a trail\n  → look at it')
  assert.match(markdown, '- a trail → look at it')
})

test.run()
