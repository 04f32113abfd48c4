// What the gate counts. Whether an event matches a pattern is Event Ruler's to say; these need no Java.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { scoreOf } from '../../../scripts/corpus/score.ts'
import { watches } from '../../../scripts/corpus/watches.ts'
import { type CorpusRecord, corpus } from '../../../scripts/rehearsal/records.ts'
import { settings } from '../../templates-src/references.ts'

const record = (name: string, label: CorpusRecord['label'], type: string): CorpusRecord => ({
  ...{ name, label, group: 'sample', about: 'A sample', kind: 'other' },
  event: { source: 'aws.iam', region: 'us-east-1', detail: { userIdentity: { type } } },
})
const RECORDS = [
  record('root', 'alert', 'Root'),
  record('deploy-role', 'alert', 'AssumedRole'),
  record('user', 'silent', 'IAMUser'),
  record('odd', 'decide', 'Root'),
]

const test = suite('the score of a watch')

test('of one that tells everything: nothing missed, a false alarm, and what it decides to tell', () => {
  assert.equal(
    scoreOf('all', RECORDS, () => true),
    {
      watch: 'all',
      ofRoot: { caught: 1, all: 1 },
      caught: ['root', 'deploy-role'],
      missed: [],
      falseAlarms: ['user'],
      decidedToTell: ['odd'],
    },
  )
})

test('of one that tells nothing: all missed, and no false alarm', () => {
  const { caught, missed, falseAlarms, ofRoot } = scoreOf('none', RECORDS, () => false)
  assert.equal([caught, missed, falseAlarms, ofRoot], [[], ['root', 'deploy-role'], [], { caught: 0, all: 1 }])
})

test.run()

const ways = suite('the ways that are held against the corpus')

const [ours, ...usual] = watches(settings)
const event = (name: string) => corpus().find((one) => one.name === name)?.event ?? {}

ways('ours hands an event of another Region through the relay first, then through the alarm', () => {
  assert.is(ours?.stops(event('root-create-access-key')).length, 1)
  const [relay = [], alarm = []] = ours?.stops(event('root-describe-instances-in-tokyo')) ?? []
  assert.equal([relay.length, alarm.length], [4, 4])
  assert.match(JSON.stringify(alarm), '"restApiId":["a1b2c3d4e5"]')
  assert.not.match(JSON.stringify(relay), 'restApiId')
})

ways('a rule in us-east-1 with the default state is shown neither reads nor other Regions', () => {
  for (const { name, stops } of usual.slice(0, 2)) {
    for (const hidden of ['root-describe-instances-in-tokyo', 'root-console-reads-billing', 'root-put-bucket-policy']) {
      assert.equal(stops(event(hidden)), [[]], `${name}: ${hidden}`)
    }
    assert.is(stops(event('root-console-login-with-mfa'))[0]?.length, 1)
  }
})

ways.run()
