// The notifier's API, Regional and IAM-signed: POST /alerts takes the EventBridge event as it is, GET /alerts/{id} answers
// what became of it, and POST /alerts/{id} takes a drill from who may do nothing else.
import { createHash } from 'node:crypto'
import { ApiGateway, Fn, Lambda } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { apiPolicy } from './api-policy.ts'
import { notifierName } from './notifier.ts'

export function api(settings: Settings): Resources {
  const resources = {
    Api: new ApiGateway.RestApi({
      Name: apiName(settings),
      Description: 'Takes root activity from EventBridge to the notifier',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      Policy: apiPolicy(settings),
    }),
    Alerts: new ApiGateway.Resource({
      RestApiId: Fn.Ref('Api'),
      ParentId: Fn.GetAtt('Api', 'RootResourceId'),
      PathPart: 'alerts',
    }),
    Alert: new ApiGateway.Resource({
      RestApiId: Fn.Ref('Api'),
      ParentId: Fn.Ref('Alerts'),
      PathPart: '{id}',
    }),
    PostAlerts: method(settings, 'POST', 'Alerts'),
    GetAlert: method(settings, 'GET', 'Alert'),
    PostAlert: method(settings, 'POST', 'Alert'),
  }
  const deployment = deploymentId(resources)
  const methods = ['PostAlerts', 'GetAlert', 'PostAlert']
  return {
    ...resources,
    [deployment]: new ApiGateway.Deployment({ RestApiId: Fn.Ref('Api') }).dependsOn([
      ...methods,
      // Otherwise the stage could call a function before it may.
      'ApiInvokesFunction',
    ]),
    Stage: new ApiGateway.Stage({
      RestApiId: Fn.Ref('Api'),
      DeploymentId: Fn.Ref(deployment),
      StageName: 'live',
      // More than a storm brings: EventBridge tries again what is throttled, with 429.
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 }],
    }),
    // Not under the logical id of the release before: a permission that is new is made before the old one goes, with the old function.
    ApiInvokesFunction: new Lambda.Permission({
      FunctionName: notifierName(settings),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      // All methods: it is the API that says who may call which.
      SourceArn: Fn.Sub(
        `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/*/*/alerts*`,
        {},
      ),
    }),
  }
}

export const apiName = ({ name }: Settings) => `${name}-alerts`

/** A method that hands the request to the notifier as it is. */
function method(settings: Settings, httpMethod: 'GET' | 'POST', resource: string) {
  const functionArn = `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${notifierName(settings)}`
  return new ApiGateway.Method({
    RestApiId: Fn.Ref('Api'),
    ResourceId: Fn.Ref(resource),
    HttpMethod: httpMethod,
    AuthorizationType: 'AWS_IAM',
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: Fn.Sub(
        `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
        {},
      ),
    },
  })
}

/** `POST /alerts` of a stage as execute-api names it: what a rule targets and what policies allow. */
export function alertsPostArn(stage: 'live') {
  return Fn.Sub(
    `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${stage}/POST/alerts`,
    {},
  )
}

/** A Deployment is a snapshot that CloudFormation never takes again, so what it deploys is part of its logical id. */
function deploymentId(resources: Resources): string {
  const digest = createHash('sha256').update(JSON.stringify(resources)).digest('hex')
  return `Deployment${digest.slice(0, 8)}`
}
