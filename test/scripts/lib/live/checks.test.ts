import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { detectedDrift, noisyTypes, withoutDoubles } from '../../../../scripts/lib/drift/stackset.ts'
import { leftToCloudFormation, liveChecks } from '../../../../scripts/lib/live/checks.ts'
import type { Finding } from '../../../../scripts/lib/live/stack.ts'
import type { ResourceDrift } from '../../../../scripts/lib/stackset/client.ts'
import { lookAtResources } from '../../../../templates-src/parts/bootstrap-permissions.ts'
import { allTemplates, everything } from '../../../templates-src/references.ts'
import { answered, queryApi } from '../query-api.ts'
import { instance, memory, stackSetInMemory } from '../stackset/stackset-in-memory.ts'

const coverage = suite('live checks')

coverage('cover every type in the templates, or say that it is left to CloudFormation', () => {
  const templates = Object.values(allTemplates(everything))
  const types = new Set(templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)))
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

coverage('stand in for every type of which CloudFormation is noisy', () => {
  assert.equal(
    noisyTypes.filter((type) => !(type in liveChecks)),
    [],
  )
})

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
  ['that is listed as pending waits for a click', 'PendingConfirmation', '', /^not confirmed yet$/, 'waiting'],
  ['that has an ARN and is pending waits for a click', `${TOPIC}:1`, 'true', /^not confirmed yet$/, 'waiting'],
  ['that was deleted is gone', 'Deleted', '', /^gone: unsubscribed/, undefined],
  ['that is not listed any more is gone', '', '', /^gone: unsubscribed/, undefined],
]

for (const [what, listed, pending, found, state] of SUBSCRIPTIONS) {
  subscriptions(what, async () => {
    const observations = await withSns(listed, pending, async () =>
      liveChecks[resource.type]?.look(resource, `test-${what.length}`, []),
    )
    assert.is(observations?.length, found === undefined ? 0 : 1)
    if (found === undefined) return
    assert.match(observations?.[0]?.found ?? '', found)
    assert.is(observations?.[0]?.state, state)
    assert.match(observations?.[0]?.hint ?? '', 'security@example.com')
  })
}

subscriptions.run()

const cloudFormation = suite("CloudFormation's own drift")

const drift = (type: string, status: string): ResourceDrift => ({
  logicalId: 'It',
  type,
  status,
  differences: status === 'MODIFIED' ? [{ path: '/State', expected: 'ENABLED', actual: 'DISABLED' }] : [],
})

// biome-ignore format: a row a line
const DRIFTS: readonly (readonly [what: string, found: ResourceDrift, counts: boolean])[] = [
  ['a changed role counts', drift('AWS::IAM::Role', 'MODIFIED'), true],
  ['a deleted queue counts', drift('AWS::SQS::Queue', 'DELETED'), true],
  ['a rule with dead letters that is MODIFIED is noise', drift('AWS::Events::Rule', 'MODIFIED'), false],
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
