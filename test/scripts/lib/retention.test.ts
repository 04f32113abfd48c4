import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { furtherRegions } from '../../../scripts/lib/enabled-regions.ts'
import { retentionDays } from '../../../scripts/lib/retention.ts'
import { settings } from '../../templates-src/references.ts'

const test = suite('what a deploy sets beside the StackSets')

test('AWS Config remembers for as long as the logs stay, but no longer than it can', () => {
  const days = (logDays: number) => retentionDays({ ...settings, retention: { logDays } })
  assert.equal([days(30), days(2557), days(36_500)], [30, 2557, 2557])
})

test('what a recorder of the account remembers is left alone', () => {
  assert.is(retentionDays({ ...settings, recorder: 'reuse' }), undefined)
})

test('every Region but the two that have a template of their own needs a relay', () => {
  assert.equal(furtherRegions(['us-west-2', 'us-east-1', 'ap-northeast-2', 'eu-west-1']), ['eu-west-1', 'us-west-2'])
})

test.run()
