// From which Regions a workflow drills.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { drillRegions, relayedRegions } from '../../../../scripts/lib/github/drill-regions.ts'
import { settings } from '../../../templates-src/references.ts'

const test = suite('the Regions of drills')
const BOTH = ['us-east-1', 'ap-northeast-2']

test('are the two that every guard has, and each relay of root-guard.yaml', async () => {
  const relays = await relayedRegions({ ...settings, relayRegions: ['us-west-2', 'eu-west-1'] })
  assert.equal(drillRegions(relays, 20_000), [...BOTH, 'eu-west-1', 'us-west-2'])
  assert.equal(drillRegions([], 20_000), BOTH)
})

test('are eight relays a day, and all of them after some days', () => {
  const relays = Array.from({ length: 15 }, (_, index) => `xx-test-${index}`)
  const days = [0, 1].map((day) => drillRegions(relays, day))
  for (const regions of days) assert.is(regions.length, 10)
  assert.is(new Set(days.flat()).size, 17)
})

test('name none twice', () => {
  assert.equal(drillRegions([...BOTH, 'eu-west-1'], 0), [...BOTH, 'eu-west-1'])
})

test.run()
