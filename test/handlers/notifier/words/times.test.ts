// Times by the clock of the people who are told, daylight saving and all.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { datedTime, hourOf, longTime, shortTime } from '../../../../handlers/notifier/words/times.ts'

const times = suite('a time')

for (const [zone, instant, short, whole] of [
  ['Asia/Seoul', '2025-12-31T15:00:00Z', '01/01 00:00:00', '2026-01-01 00:00:00'],
  ['UTC', '2026-02-28T23:59:59.999Z', '02/28 23:59:59', '2026-02-28 23:59:59'],
  ['America/New_York', '2026-03-08T06:59:59Z', '03/08 01:59:59', '2026-03-08 01:59:59'],
  ['America/New_York', '2026-03-08T07:00:00Z', '03/08 03:00:00', '2026-03-08 03:00:00'],
  ['America/New_York', '2026-11-01T06:30:00Z', '11/01 01:30:00', '2026-11-01 01:30:00'],
  ['Asia/Kolkata', '2026-01-01T18:29:00Z', '01/01 23:59:00', '2026-01-01 23:59:00'],
  ['Asia/Kolkata', '2026-01-01T18:30:00Z', '01/02 00:00:00', '2026-01-02 00:00:00'],
] as const) {
  times(`is ${short} in ${zone} at ${instant}`, () => {
    const time = new Date(instant)
    assert.is(shortTime(time, zone), short)
    assert.is(datedTime(time, zone), `${whole.slice(0, 4)}/${short}`)
    assert.is(hourOf(time, zone), short.slice(6))
    assert.is(longTime(time, zone), `${whole} ${zone} (${instant.replace('.999', '')})`)
  })
}

times('is the same whatever the zone of the machine', () => {
  const before = process.env.TZ
  const texts = ['Asia/Seoul', 'America/New_York', 'UTC'].map((zone) => {
    process.env.TZ = zone
    return longTime(new Date('2026-01-01T00:00:00Z'), 'Asia/Seoul')
  })
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
  assert.is(new Set(texts).size, 1)
})
times.run()
