import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { trailFindings } from '../../../../scripts/lib/drift/account.ts'
import { judgedTrail, type Unread } from '../../../../scripts/lib/preflight/trail.ts'
import { driftOutcome } from '../../../../scripts/lib/report/drift.ts'
import type { Settings } from '../../../../templates-src/config/schema.ts'
import { settings } from '../../../templates-src/references.ts'

const test = suite('drift of a trail that is reused')

const reusing: Settings = { ...settings, trail: 'reuse' }
const unread = (isRefused: boolean): { readonly unread: Unread } => ({
  unread: { what: 'its event selectors', why: 'cloudtrail:GetEventSelectors: no', hint: 'ask again', isRefused },
})
const trail = {
  Name: 'organization-trail',
  TrailARN: 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organization-trail',
  IsMultiRegionTrail: true,
  IsOrganizationTrail: true,
}
const outcomeOf = (isRefused: boolean) =>
  driftOutcome(trailFindings(reusing, [judgedTrail(trail, { answer: true }, unread(isRefused))]))
const unknown = (outcome: ReturnType<typeof driftOutcome>) => (outcome.json as { readonly unknown: number }).unknown

test('what AWS never lets this account read is counted as unknown, told, and fails nothing', () => {
  const outcome = outcomeOf(true)
  assert.ok(outcome.ok)
  assert.is(unknown(outcome), 1)
  assert.match(outcome.text, 'no drift was found, but the state of 1 thing is not known')
  assert.match(
    outcome.text,
    'us-east-1: organization-trail (AWS::CloudTrail::Trail): what it hands on should be all management events, is not known: its event selectors cannot be read from this account (cloudtrail:GetEventSelectors: no)',
  )
  assert.match(outcome.text, '→ npm run drill -- --through-cloudtrail')
  assert.match(outcome.markdown ?? '', 'its event selectors cannot be read')
  assert.not.match(outcome.text, 'everything is as it was deployed')
})

test('what could not be read this time fails', () => {
  const outcome = outcomeOf(false)
  assert.not.ok(outcome.ok)
  assert.is(unknown(outcome), 1)
  assert.match(outcome.text, '→ ask again')
})

test('a trail that leaves KMS out is drift, by that name', () => {
  const withoutKms = { EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] }
  const outcome = driftOutcome(trailFindings(reusing, [judgedTrail(trail, { answer: true }, { answer: withoutKms })]))
  assert.not.ok(outcome.ok)
  assert.match(
    outcome.text,
    "organization-trail (an organization's, in us-east-1 of account 444455556666) leaves out events with eventSource kms.amazonaws.com",
  )
})

const ownTrail = {
  Name: 'theirs',
  TrailARN: `arn:aws:cloudtrail:ap-northeast-2:${settings.account}:trail/theirs`,
  HomeRegion: 'ap-northeast-2',
  IsMultiRegionTrail: true,
}
const ofWrites = { EventSelectors: [{ ReadWriteType: 'WriteOnly' as const }] }
const ofData = { EventSelectors: [{ IncludeManagementEvents: false }] }

for (const [what, isLogging, selectors, isExcused] of [
  ['that was stopped may be the one relied on, and fails', false, { EventSelectors: [{}] }, false],
  ['that was narrowed may be the one relied on, and fails', true, ofWrites, false],
  ['of data events alone was never relied on, and fails nothing', true, ofData, true],
  ['of data events alone that was stopped fails nothing either', false, ofData, true],
] as const) {
  test(`beside one that AWS never lets us read, a trail of the account's own ${what}`, () => {
    const findings = trailFindings(reusing, [
      judgedTrail(trail, { answer: true }, unread(true)),
      judgedTrail(ownTrail, { answer: isLogging }, { answer: selectors }),
    ])
    assert.equal(
      findings.map(({ resource, isLasting = false }) => [resource, isLasting]),
      [['organization-trail', isExcused]],
    )
    assert.is(driftOutcome(findings).ok, isExcused)
  })
}

test.run()
