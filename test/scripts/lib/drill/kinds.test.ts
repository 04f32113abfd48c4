import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readActivity } from '../../../../handlers/notifier/activity.ts'
import { drillEvent } from '../../../../scripts/lib/drill/event.ts'
import { type DrillKind, drillKinds } from '../../../../scripts/lib/drill/kinds.ts'

const test = suite('the event of a drill')

for (const kind of Object.keys(drillKinds) as DrillKind[]) {
  test(`is what the notifier takes for ${kind}, and for a drill that asks what was asked`, () => {
    const wish = {
      mode: 'check',
      way: 'event',
      from: 'us-east-1',
      kind,
      channels: [],
      routes: {},
      seconds: 30,
      mailSeconds: 0,
    } as const
    const { alertId, source, detailType, detail } = drillEvent('111122223333', wish, new Date())
    const reading = readActivity(JSON.stringify({ source, 'detail-type': detailType, detail }), 'root-guard')
    assert.ok('activity' in reading)
    assert.equal(
      [reading.activity.kind, reading.activity.id, reading.activity.drill],
      [kind, alertId, { check: true, channels: [], tookIn: '' }],
    )
  })
}

test.run()
