// Which calls change the guard itself: what bears its name in the request, and what it sees by, whatever that is called.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readActivity } from '../../../handlers/notifier/activity.ts'
import { called, event } from './reading.ts'

const touched = suite('the guard')

const request = (requestParameters: unknown, more: object = {}) => ({ requestParameters, ...more })
for (const [eventName, detail, kind, subject] of [
  ['DisableRule', request({ name: 'root-guard-root-activity' }), 'guard-touched', 'root-guard-root-activity'],
  ['StopLogging', request({ name: 'another' }), 'guard-touched', 'another'],
  ['StopLogging', request(null), 'guard-touched', ''],
  [
    'PutParameter',
    request({ name: '/root-guard/channels/telegram' }),
    'guard-touched',
    '/root-guard/channels/telegram',
  ],
  [
    'PurgeQueue',
    request({ queueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/root-guard-dead-letters' }),
    'guard-touched',
    'https://sqs.us-east-1.amazonaws.com/111122223333/root-guard-dead-letters',
  ],
  [
    'PutBucketLifecycle',
    request({ bucketName: 'stackset-root-guard-us-e-trailbucket-1a2b' }),
    'guard-touched',
    'stackset-root-guard-us-e-trailbucket-1a2b',
  ],
  ['OfTomorrow', request({ deep: [{ er: 'ROOT-GUARD-alerts' }] }), 'guard-touched', 'ROOT-GUARD-alerts'],
  ['DisableRule', request({ name: 'report-root-guard' }), 'call-write', 'report-root-guard'],
  ['DisableRule', request({ name: 'root-guards' }), 'call-write', 'root-guards'],
  ['DisableRule', request('root-guard-root-activity'), 'call-write', ''],
  ['DescribeRule', request({ name: 'root-guard-root-activity' }, { readOnly: true }), 'call-read', undefined],
  ['PutItem', request({ tableName: 'root-guard-deliveries' }, { eventCategory: 'Data' }), 'call-write', undefined],
  ['CreateLogStream', request({ logGroupName: '/aws/lambda/root-guard-notify' }), 'call-write', undefined],
  ...['DetectStackDrift', 'DetectStackResourceDrift', 'DetectStackSetDrift'].map(
    (name) =>
      [name, request({ stackSetName: 'root-guard-us-east-1' }, { readOnly: false }), 'call-write', undefined] as const,
  ),
  [
    'DeleteRestApi',
    request({ restApiId: 'a1b2c3d4e5' }, { eventSource: 'apigateway.amazonaws.com' }),
    'guard-touched',
    'a1b2c3d4e5',
  ],
  [
    'AssociateWebACL',
    request(
      { resourceArn: 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/live' },
      { eventSource: 'wafv2.amazonaws.com' },
    ),
    'guard-touched',
    undefined,
  ],
  [
    'AssociateWebACL',
    request({ resourceArn: 'arn:aws:elasticloadbalancing:…' }, { eventSource: 'wafv2.amazonaws.com' }),
    'call-write',
    undefined,
  ],
  ['DisassociateResourceTypes', request(null), 'guard-touched', ''],
  [
    'CreatePolicyVersion',
    request({ policyArn: 'arn:aws:iam::111122223333:policy/root-guard-stackset-boundary' }),
    'guard-touched',
    'arn:aws:iam::111122223333:policy/root-guard-stackset-boundary',
  ],
  [
    'PutAlarmMuteRule',
    request({ muteTargets: { alarmNames: ['root-guard-drills'] } }),
    'guard-touched',
    'root-guard-drills',
  ],
  // The rules let no other role's change pass but of one that is trusted; root's own calls pass whatever they name.
  ...(['AssumedRole', 'IAMUser', 'Root'] as const).map(
    (type) =>
      [
        'UpdateAssumeRolePolicy',
        request({ roleName: 'admin' }, { eventSource: 'iam.amazonaws.com', userIdentity: { type } }),
        type === 'Root' ? 'call-write' : 'guard-touched',
        'admin',
      ] as const,
  ),
] as const) {
  touched(`is ${kind === 'guard-touched' ? '' : 'not '}touched by ${eventName} of ${JSON.stringify(detail)}`, () => {
    const activity = called(eventName, detail)
    assert.is(activity.kind, kind)
    if (subject !== undefined) assert.is(activity.subject, subject)
  })
}

touched('is known by the name it has here', () => {
  const body = event({ eventName: 'DisableRule', requestParameters: { name: 'night-watch-root-activity' } })
  const kindFor = (guardName: string) => {
    const reading = readActivity(body, guardName)
    return 'activity' in reading && reading.activity.kind
  }
  assert.is(kindFor('night-watch'), 'guard-touched')
  assert.is(kindFor('root-guard'), 'call-write')
})

touched('is found in a request nested deeper than the stack', () => {
  const deep = `${'['.repeat(100_000)}"root-guard-x"${']'.repeat(100_000)}`
  const body = event({ eventName: 'X', requestParameters: { deep: 0 } }).replace('"deep":0', `"deep":${deep}`)
  const reading = readActivity(body, 'root-guard')
  assert.is('activity' in reading && reading.activity.kind, 'guard-touched')
})
touched.run()
