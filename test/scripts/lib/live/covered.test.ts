// What a live check says it compares, it compares: AWS answers as it was deployed, and one value of that is another one.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { liveChecks } from '../../../../scripts/lib/live/checks.ts'
import { type PlainResource, resolveResources } from '../../../../scripts/lib/live/resolve.ts'
import { allTemplates, everything, settings } from '../../../templates-src/references.ts'
import { otherwise } from './covered.ts'
import { type Asked, answering, json } from './rest-api.ts'

type Json = Readonly<Record<string, unknown>>

const ACCOUNT = '111122223333'

/** Keys as the JSON protocol of AWS Config has them: `RoleARN` of a template is `roleARN`. */
const inLower = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inLower)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [(key[0] ?? '').toLowerCase() + key.slice(1), inLower(one)]),
  )
}

/** What AWS holds, by the call that asks for it. */
const ANSWERS: Readonly<Record<string, Readonly<Record<string, (properties: Json) => Json>>>> = {
  'AWS::Events::Rule': {
    DescribeRule: ({ EventPattern, ...rule }) => ({
      State: 'ENABLED',
      ...rule,
      ...(EventPattern === undefined ? {} : { EventPattern: JSON.stringify(EventPattern) }),
    }),
    ListTargetsByRule: ({ Targets }) => ({ Targets }),
  },
  'AWS::KMS::Key': {
    DescribeKey: ({ Description }) => ({ KeyMetadata: { KeyId: 'sample', KeyState: 'Enabled', Description } }),
    GetKeyPolicy: ({ KeyPolicy }) => ({ Policy: JSON.stringify(KeyPolicy) }),
    GetKeyRotationStatus: ({ EnableKeyRotation }) => ({ KeyRotationEnabled: EnableKeyRotation }),
  },
  'AWS::KMS::Alias': { DescribeKey: ({ TargetKeyId }) => ({ KeyMetadata: { KeyId: TargetKeyId } }) },
  'AWS::SQS::Queue': {
    GetQueueUrl: () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/sample` }),
    GetQueueAttributes: (properties) => ({ Attributes: inText(properties) }),
  },
  'AWS::SQS::QueuePolicy': {
    GetQueueUrl: () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/sample` }),
    GetQueueAttributes: ({ PolicyDocument }) => ({ Attributes: { Policy: JSON.stringify(PolicyDocument) } }),
  },
  'AWS::Config::ConfigurationRecorder': {
    DescribeConfigurationRecorders: (properties) => ({ ConfigurationRecorders: [inLower(properties)] }),
    DescribeConfigurationRecorderStatus: () => ({ ConfigurationRecordersStatus: [{ recording: true }] }),
  },
  'AWS::Config::DeliveryChannel': {
    DescribeDeliveryChannels: ({ S3BucketName, SnsTopicARN }) => ({
      DeliveryChannels: [{ s3BucketName: S3BucketName, snsTopicARN: SnsTopicARN }],
    }),
    DescribeDeliveryChannelStatus: () => ({ DeliveryChannelsStatus: [] }),
  },
  'AWS::Config::ConfigRule': {
    DescribeConfigRules: (properties) => ({ ConfigRules: [{ ...properties, ConfigRuleState: 'ACTIVE' }] }),
  },
}

/** Places and not contents: a policy of another queue is another resource, whose policy the check reads there. */
const WHERE = ['Queues']

const test = suite('a live check finds each value that AWS holds otherwise')

const deployed = [...Object.values(allTemplates(everything)), ...Object.values(allTemplates(settings))].flatMap(
  (template) => {
    const ids = Object.fromEntries(Object.keys(template.Resources).map((id) => [id, id.toLowerCase()]))
    return resolveResources(template, ids, { account: ACCOUNT, region: 'us-east-1', stackId: 'sample' })
  },
)

for (const [type, answers] of Object.entries(ANSWERS)) {
  test(`of ${type}`, async () => {
    const resources = deployed
      .filter((one) => one.type === type)
      .filter((one, index, all) => index === all.findIndex(({ logicalId }) => logicalId === one.logicalId))
    assert.ok(resources.length > 0)
    const region = `test-held-${type.replaceAll('::', '-').toLowerCase()}`
    const [same, unseen]: [string[], string[]] = [[], []]
    let held: PlainResource | undefined
    await answering(
      ({ target }: Asked) => json(answers[target]?.(held?.properties ?? {}) ?? {}),
      async () => {
        for (const resource of resources) {
          held = resource
          const look = async (properties: Json) =>
            (await liveChecks[type]?.look({ ...resource, properties }, region, [], ACCOUNT)) ?? []
          same.push(
            ...(await look(resource.properties)).map(
              ({ what, wished, found }) => `${resource.logicalId} ${what}: ${wished} / ${found}`,
            ),
          )
          for (const [path, properties] of otherwise(type, resource.properties)) {
            if (WHERE.includes(path.split('.')[0] ?? '')) continue
            if ((await look(properties)).length === 0) unseen.push(`${resource.logicalId} ${path}`)
          }
        }
      },
    )
    assert.equal(same, [])
    assert.equal([...new Set(unseen)], [])
  })
}

test.run()

function inText(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, String(value)]))
}
