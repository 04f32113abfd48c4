import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { detectedDrift, withoutDoubles } from '../../../../scripts/lib/drift/stackset.ts'
import type { LiveCheck } from '../../../../scripts/lib/live/check.ts'
import { leftToCloudFormation, liveChecks } from '../../../../scripts/lib/live/checks.ts'
import type { Finding } from '../../../../scripts/lib/live/stack.ts'
import type { ResourceDrift } from '../../../../scripts/lib/stackset/client.ts'
import { bootstrapTemplate } from '../../../../templates-src/bootstrap.ts'
import { lookAtResources } from '../../../../templates-src/parts/bootstrap-permissions.ts'
import { allTemplates, deployed, everything, github, settings } from '../../../templates-src/references.ts'
import { answered, queryApi } from '../query-api.ts'
import { instance, memory, stackSetInMemory } from '../stackset/stackset-in-memory.ts'

const coverage = suite('live checks')

coverage('cover every type in the templates, or say that it is left to CloudFormation', () => {
  const types = new Set(deployedResources().map(({ Type }) => Type))
  const uncovered = [...types].filter((type) => !(type in liveChecks) && !leftToCloudFormation.includes(type))
  assert.equal(uncovered, [])
})

coverage('ask for nothing that the roles and --help do not name', () => {
  const known: ReadonlySet<string> = new Set(lookAtResources)
  const asked = Object.values(liveChecks).flatMap(({ actions }) => actions)
  assert.equal(
    asked.filter((action) => !known.has(action)),
    [],
  )
})

coverage(
  'list every property that the templates set, as compared or as fixed, so that nothing rests on what CloudFormation calls MODIFIED',
  () => {
    const uncovered = deployedResources().flatMap(({ Type, Properties = {} }) => {
      const check: LiveCheck | undefined = liveChecks[Type]
      if (check === undefined) return []
      return Object.keys(Properties)
        .filter((property) => ![...check.covers, ...check.fixed].includes(property))
        .map((property) => `${Type} ${property}`)
    })
    assert.equal([...new Set(uncovered)], [])
  },
)

coverage.run()

const subscriptions = suite('an e-mail subscription')

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:root-guard-alerts'
const resource = {
  logicalId: 'Email',
  type: 'AWS::SNS::Subscription',
  physicalId: `${TOPIC}:1`,
  properties: { TopicArn: TOPIC, Protocol: 'email', Endpoint: 'security@example.com' },
}

// biome-ignore format: a row a line
const SUBSCRIPTIONS: readonly (readonly [what: string, listed: string, pending: string, found: RegExp | undefined, state: string | undefined])[] = [
  ['that is confirmed is well', `${TOPIC}:1`, 'false', undefined, undefined],
  ['that is listed as pending waits to be confirmed', 'PendingConfirmation', '', /^not confirmed yet$/, 'waiting'],
  ['that has an ARN and is pending waits to be confirmed', `${TOPIC}:1`, 'true', /^not confirmed yet$/, 'waiting'],
  ['that was deleted is gone', 'Deleted', '', /^gone: unsubscribed/, undefined],
  ['that is not listed any more is gone', '', '', /^gone: unsubscribed/, undefined],
]

for (const [what, listed, pending, found, state] of SUBSCRIPTIONS) {
  subscriptions(what, async () => {
    const observations = await withSns(listed, pending, async () =>
      liveChecks[resource.type]?.look(resource, `test-${what.length}`, [], '111122223333'),
    )
    assert.is(observations?.length, found === undefined ? 0 : 1)
    if (found === undefined) return
    assert.match(observations?.[0]?.found ?? '', found)
    assert.is(observations?.[0]?.state, state)
    const hint = observations?.[0]?.hint ?? ''
    assert.match(hint, 'security@example.com')
    const region = `test-${what.length}`
    assert.match(
      hint,
      `aws sns confirm-subscription --region ${region} --topic-arn ${TOPIC} --authenticate-on-unsubscribe true --token TOKEN`,
    )
  })
}

subscriptions.run()

const cloudFormation = suite("CloudFormation's own drift")

const drift = (type: string, status: string, ...paths: readonly string[]): ResourceDrift => ({
  logicalId: 'It',
  type,
  status,
  differences: paths.map((path) => ({ path, expected: 'as deployed', actual: 'otherwise' })),
})

// biome-ignore format: a row a line
const DRIFTS: readonly (readonly [what: string, found: ResourceDrift, counts: boolean])[] = [
  ['a changed contact, which has no live check, counts', drift('AWS::NotificationsContacts::EmailContact', 'MODIFIED', '/Name'), true],
  ['a contact that CloudFormation could not read counts', drift('AWS::NotificationsContacts::EmailContact', 'UNKNOWN'), true],
  ['a role that CloudFormation could not read is read by the live check', drift('AWS::IAM::Role', 'UNKNOWN'), false],
  ['a property of a role that the live check does not compare counts', drift('AWS::IAM::Role', 'MODIFIED', '/Path', '/Policies'), true],
  ['a policy of the API that is written out is noise', drift('AWS::ApiGateway::RestApi', 'MODIFIED', '/Policy/Statement/0/Resource'), false],
  ["a stage's method settings with their defaults are noise", drift('AWS::ApiGateway::Stage', 'MODIFIED', '/MethodSettings/0/CacheTtlInSeconds', '/MethodSettings/0/MetricsEnabled'), false],
  ["a trail's selectors with empty lists are noise", drift('AWS::CloudTrail::Trail', 'MODIFIED', '/EventSelectors/0/DataResources'), false],
  ['a deleted queue counts', drift('AWS::SQS::Queue', 'DELETED'), true],
  ['a rule with dead letters that is MODIFIED is noise', drift('AWS::Events::Rule', 'MODIFIED', '/Targets/0/DeadLetterConfig'), false],
  ['a rule that is DELETED is none', drift('AWS::Events::Rule', 'DELETED'), true],
  ['what CloudFormation cannot check does not count', drift('AWS::S3::BucketPolicy', 'NOT_CHECKED'), false],
  ['what is in sync does not count', drift('AWS::IAM::Role', 'IN_SYNC'), false],
]

for (const [what, found, counts] of DRIFTS) {
  cloudFormation(what, async () => {
    const client = { ...stackSetInMemory(memory()), resourceDrifts: async () => [found] }
    const findings = await detectedDrift(client, 'root-guard-relay', [instance('us-west-2')], { note: () => {} })
    assert.is(findings.length, counts ? 1 : 0)
    if (counts) assert.is(findings[0]?.resource, 'It')
  })
}

cloudFormation('waits for somebody else’s operation instead of failing', async () => {
  const state = memory({ refusals: ['operation-in-progress'] })
  await detectedDrift(stackSetInMemory(state), 'root-guard-relay', [instance('us-west-2')], { note: () => {} })
  assert.equal(state.writes, ['detect-drift'])
})

cloudFormation('is not told twice of a resource that a live check names', () => {
  const finding = (resource: string): Finding => ({
    stackSet: 'root-guard-relay',
    region: 'us-west-2',
    resource,
    type: '',
    what: '',
    wished: '',
    found: '',
    state: 'differs',
    hint: '',
  })
  assert.equal(withoutDoubles([finding('Queue'), finding('Role')], [finding('Role')]), [finding('Queue')])
})

cloudFormation.run()

/** Of every template that is deployed, with everything on that can be, and with nothing more than it takes. */
function deployedResources() {
  const stackSets = { roles: 'bootstrap', failureTolerance: 0 } as const
  const bootstrap = deployed(bootstrapTemplate({ ...everything, github, stackSets }))
  const templates = [...Object.values(allTemplates(everything)), ...Object.values(allTemplates(settings)), bootstrap]
  return templates.flatMap(({ Resources }) => Object.values(Resources))
}

/** An SNS that knows one subscription. The client of a Region is kept, so each test asks in a Region of its own. */
async function withSns<Result>(arn: string, pending: string, work: () => Promise<Result>): Promise<Result> {
  const member = `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>email</Protocol><Endpoint>security@example.com</Endpoint></member>`
  const { close } = await queryApi(({ Action = '' }) =>
    answered(
      Action,
      Action === 'ListSubscriptionsByTopic'
        ? `<Subscriptions>${arn === '' ? '' : member}</Subscriptions>`
        : `<Attributes><entry><key>PendingConfirmation</key><value>${pending}</value></entry></Attributes>`,
    ),
  )
  try {
    return await work()
  } finally {
    close()
  }
}
