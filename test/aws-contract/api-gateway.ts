// API Gateway: what a method, its integration and a deployment must be.
import { ofType } from '../templates-src/references.ts'
import { object, type Rule, referred, resource, waitsFor } from './rule.ts'

const method = 'AWS::ApiGateway::Method'
const api = { Api: resource('AWS::ApiGateway::RestApi', { Name: 'sample' }) }
const post = (more: object) =>
  resource(method, {
    RestApiId: { Ref: 'Api' },
    ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
    HttpMethod: 'POST',
    AuthorizationType: 'AWS_IAM',
    ...more,
  })
const authorizations = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS']

export const apiGateway: readonly Rule[] = [
  {
    id: 'api-gateway/authorization',
    fact: "A method's authorization is NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS.",
    source: 'API Gateway API Reference, PutMethod',
    sure: 'H',
    basis: 'documentation',
    of: [method],
    check: ({ Properties: { AuthorizationType } }) =>
      authorizations.includes(String(AuthorizationType))
        ? []
        : [{ property: 'AuthorizationType', found: AuthorizationType, allowed: authorizations.join(', ') }],
    wrong: [{ ...api, Post: post({ AuthorizationType: 'IAM' }) }],
  },
  {
    id: 'api-gateway/lambda-by-post',
    fact: 'A function is invoked with POST, whatever the method of the API is.',
    source: 'API Gateway Developer Guide, Lambda proxy integrations',
    sure: 'H',
    basis: 'documentation',
    of: [method],
    check: ({ Properties }) => {
      const { Type, IntegrationHttpMethod } = object(Properties.Integration)
      return Type === 'AWS_PROXY' && IntegrationHttpMethod !== 'POST'
        ? [{ property: 'Integration.IntegrationHttpMethod', found: IntegrationHttpMethod, allowed: 'POST' }]
        : []
    },
    wrong: [
      {
        ...api,
        Post: post({
          HttpMethod: 'GET',
          Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'GET', Uri: 'arn:x' },
        }),
      },
    ],
  },
  {
    id: 'api-gateway/deployment-after-the-methods',
    fact: 'A deployment is a copy of the API as it is then: one without methods is refused, and a method that comes later is not in it.',
    source: 'CloudFormation Template Reference, AWS::ApiGateway::Deployment',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::ApiGateway::Deployment'],
    check: (one, template) =>
      Object.entries(ofType(template, method))
        .filter(([, { Properties }]) => referred(Properties.RestApiId) === referred(one.Properties.RestApiId))
        .filter(([id]) => !waitsFor(one, id))
        .map(([id]) => ({ property: 'DependsOn', found: one.DependsOn, allowed: `also ${id}` })),
    wrong: [
      {
        ...api,
        Post: post({}),
        Get: post({ HttpMethod: 'GET' }),
        Deployment: resource('AWS::ApiGateway::Deployment', { RestApiId: { Ref: 'Api' } }, { DependsOn: ['Post'] }),
      },
    ],
  },
]
