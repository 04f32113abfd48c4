// Activities for tests: out of the corpus, or out of an API call with nothing in its record but what a test gives.
import { type Activity, readActivity } from '../../../handlers/notifier/activity.ts'
import { corpus } from '../../../scripts/rehearsal/records.ts'

export const GUARD = 'root-guard'

export function read(body: string): Activity {
  const reading = readActivity(body, GUARD)
  if ('refused' in reading) throw new Error(reading.refused)
  return reading.activity
}

const bodies = new Map(corpus().map(({ name, event }) => [name, JSON.stringify(event)]))

export function recorded(name: string): Activity {
  const body = bodies.get(name)
  if (body === undefined) throw new Error(`test/records has no ${name}`)
  return read(body)
}

export function event(detail: object, more: object = {}): string {
  const own = { id: 'event', 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.iam' }
  const where = { account: '111122223333', time: '2026-01-01T00:00:00Z', region: 'of-the-event' }
  return JSON.stringify({ ...own, ...where, ...more, detail })
}

/** The activity of a call by root. */
export function called(eventName: string, detail: object = {}): Activity {
  return read(event({ eventName, eventType: 'AwsApiCall', userIdentity: { type: 'Root' }, ...detail }))
}
