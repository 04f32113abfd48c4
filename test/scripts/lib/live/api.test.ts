// The API as API Gateway answers for it: go-to-k/cdk-real-drift #676 has the policy from a live account, and its recordings
// have the method settings.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LiveCheck, Observation } from '../../../../scripts/lib/live/check.ts'
import { liveChecks } from '../../../../scripts/lib/live/checks.ts'
import { type PlainResource, resolveResources } from '../../../../scripts/lib/live/resolve.ts'
import { allTemplates, settings } from '../../../templates-src/references.ts'
import { otherwise } from './covered.ts'
import { answering, json } from './rest-api.ts'

const ACCOUNT = '111122223333'
const API = 'a1b2c3d4e5'
const DEPLOYMENT = 'dddddd'
const { 'us-east-1': template = { Resources: {} } } = allTemplates(settings)
const physicalIds = Object.fromEntries(
  Object.entries(template.Resources).map(([id, { Type }]) => [
    id,
    id === 'Api' ? API : Type === 'AWS::ApiGateway::Deployment' ? DEPLOYMENT : id,
  ]),
)

const policies = suite("the API's policy")

type Policy = { Statement: { [key: string]: unknown; Effect: string; Resource: string; Principal: unknown }[] }
const escaped = (policy: unknown) => JSON.stringify(JSON.stringify(policy)).slice(1, -1)
const firstRole = (policy: Policy, role: string) => {
  const text = JSON.stringify(policy.Statement[0]).replace(/role\/root-guard-rule-to-api/, `role/${role}`)
  return { ...policy, Statement: [JSON.parse(text), ...policy.Statement.slice(1)] }
}
const firstStatement = (policy: Policy, change: object) => ({
  ...policy,
  Statement: [{ ...policy.Statement[0], ...change }, ...policy.Statement.slice(1)],
})

// biome-ignore format: an answer a row
const POLICIES: readonly (readonly [what: string, answer: (held: Policy, arn: string) => string | undefined, found: 'same' | 'differs' | 'unknown'])[] = [
  ['with a backslash before each quote and its ARNs written out is the one of the template', escaped, 'same'],
  ['with a backslash before each slash as well is the same', (held) => escaped(held).replaceAll('/', '\\/'), 'same'],
  ['without backslashes is the same', (held) => JSON.stringify(held), 'same'],
  ['that keeps execute-api: is the same', (held, arn) => escaped(held).replaceAll(arn, 'execute-api:'), 'same'],
  ['that names everybody as {"AWS": "*"} is the same', (held) => escaped({ ...held, Statement: held.Statement.map((one) => ({ ...one, Principal: { AWS: '*' } })) }), 'same'],
  ['in another order is the same', (held) => escaped({ ...held, Statement: held.Statement.toReversed() }), 'same'],
  ['of which a Deny was taken out differs', (held) => escaped({ ...held, Statement: held.Statement.slice(1) }), 'differs'],
  ['of which a Deny was made an Allow differs', (held) => escaped(firstStatement(held, { Effect: 'Allow' })), 'differs'],
  ['that lets another role past its Deny differs', (held) => escaped(firstRole(held, 'theirs')), 'differs'],
  ['that denies one principal alone differs', (held) => escaped(firstStatement(held, { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })), 'differs'],
  ["whose Deny is of another account's API differs", (held) => escaped(firstStatement(held, { Resource: `arn:aws:execute-api:us-east-1:444455556666:${API}/*/POST/alerts` })), 'differs'],
  ['whose Deny is of another API differs', (held, arn) => escaped(firstStatement(held, { Resource: `${arn.replace(API, 'f6g7h8i9j0')}/*/POST/alerts` })), 'differs'],
  ['whose Deny is of another path differs', (held, arn) => escaped(firstStatement(held, { Resource: `${arn}/*/POST/other` })), 'differs'],
  ['with an Allow more differs', (held) => escaped({ ...held, Statement: [...held.Statement, { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }] }), 'differs'],
  ['that was taken off differs', () => undefined, 'differs'],
  ['that is no JSON is unknown', () => '{\\"Version\\"', 'unknown'],
]

for (const [index, [what, answer, found]] of POLICIES.entries()) {
  policies(what, async () => {
    const region = `test-policy-${index}`
    const arn = `arn:aws:execute-api:${region}:${ACCOUNT}:${API}`
    const observations = await look('Api', region, (api) => ({ ...api, policy: answer(writtenOut(region, arn), arn) }))
    assert.equal(
      observations.map(({ what, state = 'differs' }) => [what, state]),
      found === 'same' ? [] : [['policy', found]],
    )
  })
}

policies('is named with what it should be and what it is', async () => {
  const region = 'test-policy-named'
  const arn = `arn:aws:execute-api:${region}:${ACCOUNT}:${API}`
  const [observation] = await look('Api', region, (api) => ({
    ...api,
    policy: escaped(firstStatement(writtenOut(region, arn), { Effect: 'Allow' })),
  }))
  assert.match(observation?.wished ?? '', `"Effect":"Deny"`)
  assert.match(observation?.found ?? '', `"Effect":"Allow"`)
})

policies.run()

const others = suite('the API')

// biome-ignore format: an answer a row
const CHANGES: readonly (readonly [what: string, resource: string, change: (answer: Json) => Json, found: readonly string[]])[] = [
  ['as it was deployed differs in nothing', 'Api', (api) => api, []],
  ['under another name differs', 'Api', (api) => ({ ...api, name: 'other' }), ['Name']],
  ['that is EDGE and not Regional differs', 'Api', (api) => ({ ...api, endpointConfiguration: { types: ['EDGE'] } }), ['EndpointConfiguration.Types']],
  ['whose endpoint is switched off differs', 'Api', (api) => ({ ...api, disableExecuteApiEndpoint: true }), ['DisableExecuteApiEndpoint']],
  ['has its paths', 'Alert', (resource) => resource, []],
  ['of which a path was moved differs', 'Alert', (resource) => ({ ...resource, path: '/{id}' }), ['path']],
  ['has a method that asks for a signature', 'PostAlerts', (method) => method, []],
  ['of which a method asks for none differs', 'PostAlerts', (method) => ({ ...method, authorizationType: 'NONE' }), ['AuthorizationType']],
  ['has a stage, whose method settings come with their defaults', 'Stage', (stage) => stage, []],
  ['has a stage, whose method settings come with fewer defaults', 'Stage', (stage) => ({ ...stage, methodSettings: { '*/*': { throttlingRateLimit: 50, throttlingBurstLimit: 100 } } }), []],
  ['whose stage refuses every call differs', 'Stage', (stage) => withSetting(stage, { throttlingRateLimit: 0 }), ['MethodSettings.*/*.ThrottlingRateLimit']],
  ['whose stage logs what it carries differs', 'Stage', (stage) => withSetting(stage, { dataTraceEnabled: true }), ['MethodSettings.*/*.DataTraceEnabled']],
  ['whose stage answers from a cache differs', 'Stage', (stage) => withSetting(stage, { cachingEnabled: true }), ['MethodSettings.*/*.CachingEnabled']],
  ['whose stage lost its settings differs', 'Stage', (stage) => ({ ...stage, methodSettings: {} }), ['MethodSettings.*/*.ThrottlingRateLimit', 'MethodSettings.*/*.ThrottlingBurstLimit']],
  ['whose stage has settings for one method more differs', 'Stage', (stage) => ({ ...stage, methodSettings: { ...stage.methodSettings as Json, '~1alerts/POST': { throttlingRateLimit: 0 } } }), ['MethodSettings.~1alerts/POST']],
  ['whose stage serves another deployment differs', 'Stage', (stage) => ({ ...stage, deploymentId: 'theirs' }), ['DeploymentId']],
  ['whose stage gives a share to a canary differs', 'Stage', (stage) => ({ ...stage, canarySettings: { deploymentId: 'theirs', percentTraffic: 99 } }), ['CanarySetting']],
  ['whose stage is behind a web ACL differs', 'Stage', (stage) => ({ ...stage, webAclArn: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/theirs/1' }), ['WebAclArn']],
]

for (const [index, [what, resource, change, found]] of CHANGES.entries()) {
  others(what, async () => {
    const observations = await look(resource, `test-api-${index}`, change)
    assert.equal(observations.map(({ what }) => what).sort(), [...found].sort())
  })
}

// biome-ignore format: an answer a row
const INTEGRATIONS: readonly (readonly [what: string, integration: Json, found: readonly string[]])[] = [
  ['calls another function differs', { uri: 'arn:aws:apigateway:us-east-1:lambda:path/theirs' }, ['Integration.Uri']],
  ['calls nothing and answers by itself differs', { type: 'MOCK' }, ['Integration.Type']],
  ['calls its function with GET differs', { httpMethod: 'GET' }, ['Integration.IntegrationHttpMethod']],
]

for (const [index, [what, integration, found]] of INTEGRATIONS.entries()) {
  others(`whose method ${what}`, async () => {
    const held = (answer: Json) => ('uri' in answer ? { ...answer, ...integration } : answer)
    const observations = await look('PostAlerts', `test-integration-${index}`, held)
    assert.equal(
      observations.map(({ what }) => what),
      found,
    )
  })
}

for (const logicalId of ['Api', 'Alert', 'PostAlerts', 'Stage']) {
  others(`differs for each value that is deployed of ${logicalId} and that AWS holds otherwise`, async () => {
    const place = `test-covered-${logicalId.toLowerCase()}`
    const { type = '', properties = {} } = resourcesOf(place).find((one) => one.logicalId === logicalId) ?? {}
    const paths = otherwise(type, properties).map(([path]) => path)
    assert.equal([...new Set(paths.map((path) => path.split('.')[0]))].sort(), liveChecks[type]?.covers.toSorted())
    assert.equal(await look(logicalId, place, (answer) => answer), [])
    const unseen: string[] = []
    for (const [index, path] of paths.entries()) {
      const seen = await look(
        logicalId,
        `${place}-${index}`,
        (answer) => answer,
        (deployed) => otherwise(type, deployed)[index]?.[1] ?? deployed,
      )
      if (seen.length === 0) unseen.push(path)
    }
    assert.equal(unseen, [])
  })
}

others.run()

type Json = Readonly<Record<string, unknown>>

function withSetting(stage: Json, setting: Json): Json {
  const settings = stage.methodSettings as Readonly<Record<string, Json>>
  return { ...stage, methodSettings: { '*/*': { ...settings['*/*'], ...setting } } }
}

/** The policy as API Gateway keeps it. */
function writtenOut(region: string, arn: string): Policy {
  const { Policy } = resourcesOf(region).find(({ logicalId }) => logicalId === 'Api')?.properties ?? {}
  return JSON.parse(JSON.stringify(Policy).replaceAll('"execute-api:/', `"${arn}/`)) as Policy
}

function resourcesOf(region: string): readonly PlainResource[] {
  return resolveResources(template, physicalIds, { account: ACCOUNT, region, stackId: 'sample' })
}

/** What the check sees of the resource, where API Gateway's answer is changed. */
async function look(
  logicalId: string,
  region: string,
  change: (answer: Json) => Json,
  deployed: (properties: Json) => Json = (properties) => properties,
): Promise<readonly Observation[]> {
  const stack = resourcesOf(region)
  const resource = stack.find((one) => one.logicalId === logicalId) ?? assert.unreachable(logicalId)
  if (resource === undefined) return []
  const check: LiveCheck | undefined = liveChecks[resource.type]
  return answering(
    ({ path }) => {
      const answer = answerTo(path.split('?')[0] ?? '', region, resource)
      return json(change(answer))
    },
    async () =>
      (await check?.look({ ...resource, properties: deployed(resource.properties) }, region, stack, ACCOUNT)) ?? [],
  )
}

/** As an account answers that has just been deployed to. */
function answerTo(path: string, region: string, { properties }: PlainResource): Json {
  const arn = `arn:aws:execute-api:${region}:${ACCOUNT}:${API}`
  if (/\/integration$/.test(path)) {
    const { Type, Uri } = properties.Integration as Json
    return { type: Type, uri: Uri, httpMethod: 'POST', timeoutInMillis: 29_000, passthroughBehavior: 'WHEN_NO_MATCH' }
  }
  if (/\/methods\//.test(path)) return { httpMethod: 'POST', authorizationType: 'AWS_IAM', apiKeyRequired: false }
  if (/\/resources\//.test(path)) return { id: 'Alert', parentId: 'Alerts', pathPart: '{id}', path: '/alerts/{id}' }
  if (/\/stages\//.test(path)) {
    return {
      stageName: 'live',
      deploymentId: DEPLOYMENT,
      cacheClusterEnabled: false,
      methodSettings: {
        '*/*': {
          throttlingRateLimit: 50,
          throttlingBurstLimit: 100,
          cacheDataEncrypted: false,
          cacheTtlInSeconds: 300,
          cachingEnabled: false,
          dataTraceEnabled: false,
          metricsEnabled: false,
          requireAuthorizationForCacheControl: true,
          unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
        },
      },
    }
  }
  return {
    id: API,
    name: 'root-guard-alerts',
    description: 'Takes root activity from EventBridge to the notifier',
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
    rootResourceId: 'plg2s0yj0k',
    policy: escaped(writtenOut(region, arn)),
  }
}
