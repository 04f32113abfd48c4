// The API that EventBridge hands root's activity to: who may call it, what it calls, and whether it answers at all.
import {
  GetIntegrationCommand,
  GetMethodCommand,
  GetResourceCommand,
  GetRestApiCommand,
  GetStageCommand,
} from '@aws-sdk/client-api-gateway'
import { aws, ifThere } from '../../aws.ts'
import type { LiveCheck, Observation } from '../check.ts'
import { additionsTo, type Difference, differencesOfDocuments, differencesWithin } from '../compare.ts'
import type { PlainResource } from '../resolve.ts'

export const apiChecks = {
  'AWS::ApiGateway::RestApi': {
    actions: ['apigateway:GET'],
    covers: ['Description', 'EndpointConfiguration', 'Name', 'Policy'],
    fixed: [],
    look: async ({ properties, physicalId: restApiId }, region, _stack, account) => {
      const found = await aws.apiGateway(region).send(new GetRestApiCommand({ restApiId }))
      const { Types } = (properties.EndpointConfiguration ?? {}) as { readonly Types?: readonly string[] }
      const arn = `arn:aws:execute-api:${region}:${account}:${restApiId}`
      return [
        ...differencesWithin('Name', properties.Name, found.name),
        ...differencesWithin('Description', properties.Description, found.description),
        ...differencesWithin('EndpointConfiguration.Types', Types, found.endpointConfiguration?.types),
        // Without its endpoint the API answers nobody, EventBridge included.
        ...differencesWithin('DisableExecuteApiEndpoint', false, found.disableExecuteApiEndpoint ?? false),
        ...policyDifferences(properties.Policy, found.policy ?? '', arn),
      ]
    },
  },

  'AWS::ApiGateway::Resource': {
    actions: ['apigateway:GET'],
    covers: ['ParentId', 'PathPart'],
    fixed: ['RestApiId'],
    look: async (resource, region, stack) => {
      const restApiId = String(resource.properties.RestApiId)
      const { path } = await aws
        .apiGateway(region)
        .send(new GetResourceCommand({ restApiId, resourceId: resource.physicalId }))
      return differencesWithin('path', pathOf(resource, stack), path)
    },
  },

  'AWS::ApiGateway::Method': {
    actions: ['apigateway:GET'],
    covers: ['AuthorizationType', 'Integration'],
    fixed: ['HttpMethod', 'ResourceId', 'RestApiId'],
    look: async ({ properties }, region) => {
      const { RestApiId, ResourceId, HttpMethod, AuthorizationType } = properties as Readonly<Record<string, string>>
      const where = { restApiId: RestApiId, resourceId: ResourceId, httpMethod: HttpMethod }
      const method = await aws.apiGateway(region).send(new GetMethodCommand(where))
      const integration = await ifThere(
        aws.apiGateway(region).send(new GetIntegrationCommand(where)),
        'NotFoundException',
      )
      const { Type, Uri, IntegrationHttpMethod } = (properties.Integration ?? {}) as Readonly<Record<string, unknown>>
      return [
        ...differencesWithin('AuthorizationType', AuthorizationType, method.authorizationType),
        ...differencesWithin('Integration.Type', Type, integration?.type),
        ...differencesWithin('Integration.Uri', Uri, integration?.uri),
        ...differencesWithin('Integration.IntegrationHttpMethod', IntegrationHttpMethod, integration?.httpMethod),
      ]
    },
  },

  'AWS::ApiGateway::Stage': {
    actions: ['apigateway:GET'],
    covers: ['DeploymentId', 'MethodSettings'],
    fixed: ['RestApiId', 'StageName'],
    look: async ({ properties }, region) => {
      const { RestApiId, StageName, DeploymentId } = properties as Readonly<Record<string, string>>
      const stage = await aws
        .apiGateway(region)
        .send(new GetStageCommand({ restApiId: RestApiId, stageName: StageName }))
      return [
        ...differencesWithin('DeploymentId', DeploymentId, stage.deploymentId),
        // A canary takes its share of the calls to another deployment, and a web ACL may refuse them all.
        ...differencesWithin('CanarySetting', '', stage.canarySettings?.deploymentId ?? ''),
        ...differencesWithin('WebAclArn', '', stage.webAclArn ?? ''),
        ...methodSettingDifferences(properties.MethodSettings, stage.methodSettings ?? {}),
      ]
    },
  },
} satisfies Record<string, LiveCheck>

/** A resource whose parent is none of the stack's lies at the API's root. */
function pathOf({ properties }: PlainResource, stack: readonly PlainResource[]): string {
  const parent = stack.find(
    ({ type, physicalId }) => type === 'AWS::ApiGateway::Resource' && physicalId === properties.ParentId,
  )
  return `${parent === undefined ? '' : pathOf(parent, stack)}/${properties.PathPart}`
}

/** `arn` is the API's own, which its policy writes as `execute-api:`. */
function policyDifferences(wished: unknown, found: string, arn: string): readonly Observation[] {
  const document = found === '' ? '' : (writtenOut(found, arn) ?? writtenOut(unescaped(found), arn))
  if (document === undefined) {
    const unread = `no JSON: ${found.slice(0, 100)}`
    return [{ what: 'policy', wished: 'a policy', found: unread, state: 'unknown', hint: unreadPolicy }]
  }
  return differencesOfDocuments('policy', writtenOut(JSON.stringify(wished ?? ''), arn), document)
}

const unreadPolicy = 'look at it in the console of API Gateway, and report what aws apigateway get-rest-api answers'

/** API Gateway answers a policy with a backslash before each quote, as it would stand inside of a JSON text. */
function unescaped(policy: string): string {
  try {
    return String(JSON.parse(`"${policy}"`))
  } catch {
    return ''
  }
}

/** Undefined where the text is no JSON. API Gateway keeps `execute-api:/…` as a whole ARN. */
function writtenOut(text: string, arn: string): unknown {
  try {
    return JSON.parse(text, (key, value) => {
      if (typeof value === 'string') return value.replace(/^execute-api:(?=\/)/, arn)
      return key === 'Principal' && isEverybody(value) ? '*' : value
    })
  } catch {
    return undefined
  }
}

/** `{"AWS": "*"}` and `"*"` are the same principal. */
function isEverybody(principal: unknown): boolean {
  return JSON.stringify(principal) === '{"AWS":"*"}'
}

type Settings = Readonly<Record<string, unknown>>

/** By path and method, as API Gateway keeps them. Settings of one method more would take the place of those for all. */
function methodSettingDifferences(wished: unknown, found: Readonly<Record<string, object>>): readonly Difference[] {
  const settings = ((wished ?? []) as readonly Settings[]).map(({ HttpMethod, ResourcePath, ...values }) => ({
    key: `${String(ResourcePath).replace(/^\//, '')}/${HttpMethod}`,
    values,
  }))
  const strangers = Object.entries(found).filter(([name]) => !settings.some(({ key }) => key === name))
  return [
    ...settings.flatMap(({ key, values }) => {
      const what = `MethodSettings.${key}`
      const held = asInTemplates(found[key] ?? {})
      const added = additionsTo(what, { ...defaultSettings, ...values }, held)
      const changed = differencesWithin(what, { ...answered(held), ...values }, held)
      return [...changed, ...added]
    }),
    ...strangers.map(([key, values]) => ({
      what: `MethodSettings.${key}`,
      wished: 'nothing',
      found: JSON.stringify(asInTemplates(values)),
    })),
  ]
}

/** What API Gateway answers for settings that nobody made. */
const defaultSettings: Settings = {
  CacheDataEncrypted: false,
  CacheTtlInSeconds: 300,
  CachingEnabled: false,
  DataTraceEnabled: false,
  LoggingLevel: 'OFF',
  MetricsEnabled: false,
  RequireAuthorizationForCacheControl: true,
  UnauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
}

/** The defaults of the settings that were answered: an older API may answer fewer. */
function answered(held: Settings): Settings {
  return Object.fromEntries(Object.entries(defaultSettings).filter(([name]) => !isUnset(held[name])))
}

const isUnset = (value: unknown) => value === undefined || value === null || value === ''

/** `throttlingRateLimit` at API Gateway is `ThrottlingRateLimit` in templates. */
function asInTemplates(settings: object): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name[0]?.toUpperCase() + name.slice(1), value]),
  )
}
