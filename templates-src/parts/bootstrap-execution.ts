// What StackSets may do in the account: the administration role that CloudFormation assumes, and the execution role that
// it assumes with that, narrowed to the types in our templates and to names of the guard, under a boundary.
import { Fn, IAM, type IntrinsicFunction } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { executionGrants, type Grant } from './bootstrap-grants.ts'
import { inlinePolicy } from './iam.ts'

export function stackSetRoles(settings: Settings): Resources {
  const { account, name } = settings
  return {
    StackSetAdministrationRole: new IAM.Role({
      RoleName: `${name}-stackset-administration`,
      Description: "CloudFormation takes it for this account's StackSets, to take the execution role",
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudformation.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: { 'aws:SourceAccount': account },
              ArnLike: { 'aws:SourceArn': `arn:aws:cloudformation:*:${account}:stackset/${name}-*` },
            },
          },
        ],
      },
      Policies: [
        inlinePolicy('assume-execution', [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Resource: `arn:aws:iam::${account}:role/${name}-stackset-execution`,
          },
        ]),
      ],
    }),
    StackSetExecutionRole: new IAM.Role({
      RoleName: `${name}-stackset-execution`,
      Description: 'Makes what is in the templates of the guard, and nothing else',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: Fn.GetAtt('StackSetAdministrationRole', 'Arn') },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      PermissionsBoundary: Fn.Ref('StackSetBoundary'),
      Policies: [inlinePolicy('stacks', executionStatements(settings))],
    }),
    StackSetBoundary: new IAM.ManagedPolicy({
      ManagedPolicyName: `${name}-stackset-boundary`,
      Description: 'The most that the execution role can ever do, whatever policy it is given',
      PolicyDocument: { Version: '2012-10-17', Statement: boundaryStatements(settings) },
    }),
  }
}

/** Asked without a resource by their services, and they change nothing. */
const looks = [
  'cloudformation:BatchDescribeTypeConfigurations',
  'cloudtrail:DescribeTrails',
  'cloudwatch:DescribeAlarms',
  'config:Describe*',
  'logs:DescribeLogGroups',
]

function executionStatements(settings: Settings): readonly object[] {
  const grants: readonly Grant[] = Object.values(executionGrants)
  return [
    ...grants
      .filter(({ actions }) => actions.length > 0)
      .map(({ actions, resources }) => ({
        Effect: 'Allow',
        Action: [...actions],
        Resource: resources.map((resource) => named(resource, settings)),
      })),
    { Effect: 'Allow', Action: looks, Resource: '*' },
    {
      // AWS Config takes its service-linked role from whoever sets up the recorder.
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: named('iam::ACCOUNT:role/aws-service-role/config.amazonaws.com/*', settings),
    },
    // CloudFormation works in the stacks with this role's rights.
    {
      Effect: 'Allow',
      Action: 'cloudformation:*',
      Resource: named('cloudformation:*:ACCOUNT:stack/StackSet-NAME-*', settings),
    },
    { Effect: 'Allow', Action: 'sns:Publish', Resource: named('sns:*:ACCOUNT:CfnStackSet*', settings) },
  ]
}

function boundaryStatements(settings: Settings): object[] {
  const { account, name } = settings
  const services = [
    'apigateway',
    'cloudformation',
    'cloudtrail',
    'cloudwatch',
    'config',
    'dynamodb',
    'events',
    'lambda',
  ]
  return [
    {
      Sid: 'Services',
      Effect: 'Allow',
      Action: [...services, 'logs', 's3', 'sns', 'sqs'].map((service) => `${service}:*`),
      Resource: '*',
    },
    {
      Sid: 'RolesOfTheGuard',
      Effect: 'Allow',
      Action: [...executionGrants['AWS::IAM::Role'].actions],
      Resource: [
        `arn:aws:iam::${account}:role/${name}-*`,
        `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/*`,
      ],
    },
    {
      // Who can change these has all they may do: they are the bootstrap's alone.
      Sid: 'NotTheRolesAboveIt',
      Effect: 'Deny',
      Action: 'iam:*',
      Resource: ['plan', 'deploy', 'drift', 'drill', 'stackset-*'].map(
        (role) => `arn:aws:iam::${account}:role/${name}-${role}`,
      ),
    },
  ]
}

function named(resource: string, { account, name }: Settings): string | IntrinsicFunction {
  return resource === '*' ? '*' : `arn:aws:${resource.replace('ACCOUNT', account).replace('NAME', name)}`
}
