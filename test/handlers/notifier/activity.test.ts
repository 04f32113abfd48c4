// What an EventBridge event is read as.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Activity, readActivity } from '../../../handlers/notifier/activity.ts'
import { recorded } from './reading.ts'

const whole = suite('an activity')

const BY_ROOT = {
  id: '00000000-0000-4000-8000-000000000001',
  drill: undefined,
  official: true,
  recorded: true,
  readOnly: false,
  subject: '',
  actor: 'root',
  identity: 'arn:aws:iam::111122223333:root',
  accessKey: '',
  assumed: false,
  madeKey: '',
  caller: '',
  account: '111122223333',
  region: 'us-east-1',
  time: new Date('2026-01-01T00:00:00Z'),
  late: undefined,
  failure: undefined,
  sourceIp: '203.0.113.24',
} as const
const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'
const SIGN_IN = {
  ...BY_ROOT,
  kind: 'console-login',
  severity: 'critical',
  source: 'aws.signin',
  name: 'ConsoleLogin',
  service: 'signin.amazonaws.com',
  userAgent: BROWSER,
} as const

const READ: Readonly<Record<string, Activity>> = {
  'root-console-login-with-mfa': { ...SIGN_IN, mfa: 'used' },
  'root-console-login-without-mfa': { ...SIGN_IN, mfa: 'not-used' },
  'root-console-login-failed': {
    ...SIGN_IN,
    kind: 'console-login-failed',
    severity: 'notable',
    failure: 'Failed authentication',
    mfa: 'not-used',
    sourceIp: '198.51.100.7',
  },
  'root-create-access-key': {
    ...BY_ROOT,
    kind: 'access-key-created',
    severity: 'critical',
    source: 'aws.iam',
    name: 'CreateAccessKey',
    subject: 'AKIAEXAMPLEEXAMPLE00',
    accessKey: 'ASIAEXAMPLEEXAMPLE00',
    service: 'iam.amazonaws.com',
    mfa: 'not-used',
    userAgent: 'signin.amazonaws.com',
  },
  'root-list-buckets-in-seoul': {
    ...BY_ROOT,
    kind: 'call-read',
    severity: 'notable',
    source: 'aws.s3',
    readOnly: true,
    name: 'ListBuckets',
    accessKey: 'ASIAEXAMPLEEXAMPLE00',
    service: 's3.amazonaws.com',
    region: 'ap-northeast-2',
    mfa: 'unknown',
    userAgent: '[S3Console/0.4]',
  },
  'iam-user-console-login': {
    ...SIGN_IN,
    actor: 'other',
    identity: 'arn:aws:iam::111122223333:user/minji',
    mfa: 'used',
    sourceIp: '192.0.2.10',
  },
  'assumed-role-describe-instances': {
    ...BY_ROOT,
    kind: 'call-read',
    severity: 'notable',
    source: 'aws.ec2',
    readOnly: true,
    name: 'DescribeInstances',
    accessKey: 'ASIAEXAMPLEEXAMPLE01',
    service: 'ec2.amazonaws.com',
    actor: 'other',
    identity: 'arn:aws:sts::111122223333:assumed-role/deploy/deploy',
    mfa: 'unknown',
    sourceIp: '192.0.2.10',
    userAgent: 'aws-cli/2.32.0',
  },
}

for (const [name, expected] of Object.entries(READ)) {
  whole(`is read whole out of ${name}`, () => {
    assert.equal(recorded(name), expected)
  })
}
whole.run()

const refused = suite('a body that is no event')

const EVENT = { 'detail-type': 'x', source: 'aws.iam', detail: {} }
for (const [what, body] of [
  ['is empty', ''],
  ['is not JSON', 'root signed in'],
  ['is cut in the middle', JSON.stringify(EVENT).slice(0, -1)],
  ['is null', 'null'],
  ['is a number', '7'],
  ['is a list', JSON.stringify([EVENT])],
  ['has no detail-type', JSON.stringify({ ...EVENT, 'detail-type': undefined })],
  ['has a detail-type that is a list', JSON.stringify({ ...EVENT, 'detail-type': ['x'] })],
  ['has no source', JSON.stringify({ ...EVENT, source: '' })],
  ['has no detail', JSON.stringify({ ...EVENT, detail: undefined })],
  ['has a detail that is null', JSON.stringify({ ...EVENT, detail: null })],
  ['has a detail that is a list', JSON.stringify({ ...EVENT, detail: [] })],
  ['has a detail that is a text', JSON.stringify({ ...EVENT, detail: '{}' })],
] as const) {
  refused(`is refused with a reason where it ${what}`, () => {
    const reading = readActivity(body, 'root-guard')
    assert.ok('refused' in reading)
    assert.match(reading.refused, /^the body is not /)
  })
}
refused.run()
