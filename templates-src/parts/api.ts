// The notifier's API: POST /alerts, Regional, IAM-signed. It takes the EventBridge event as it is.
import { createHash } from 'node:crypto'
import { ApiGateway, Fn, Lambda } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'

export function api({ name }: Settings): Resources {
  const resources = {
    Api: new ApiGateway.RestApi({
      Name: `${name}-alerts`,
      Description: 'Takes root activity from EventBridge to the notifier',
      EndpointConfiguration: { Types: ['REGIONAL'] },
    }),
    Alerts: new ApiGateway.Resource({
      RestApiId: Fn.Ref('Api'),
      ParentId: Fn.GetAtt('Api', 'RootResourceId'),
      PathPart: 'alerts',
    }),
    PostAlerts: new ApiGateway.Method({
      RestApiId: Fn.Ref('Api'),
      ResourceId: Fn.Ref('Alerts'),
      HttpMethod: 'POST',
      AuthorizationType: 'AWS_IAM',
      Integration: {
        Type: 'AWS_PROXY',
        IntegrationHttpMethod: 'POST',
        Uri: Fn.Sub(
          // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
          'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Notifier.Arn}/invocations',
          {},
        ),
      },
    }),
  }
  const deployment = deploymentId(resources)
  return {
    ...resources,
    [deployment]: new ApiGateway.Deployment({ RestApiId: Fn.Ref('Api') }).dependsOn('PostAlerts'),
    Stage: new ApiGateway.Stage({
      RestApiId: Fn.Ref('Api'),
      DeploymentId: Fn.Ref(deployment),
      StageName: 'live',
    }),
    ApiInvokesNotifier: new Lambda.Permission({
      FunctionName: Fn.Ref('Notifier'),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: alertsPostArn('*'),
    }),
  }
}

/** `POST /alerts` of a stage as execute-api names it: what a rule targets and what policies allow. */
export function alertsPostArn(stage: 'live' | '*') {
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
