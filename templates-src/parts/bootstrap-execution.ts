// What StackSets may do in the account: the administration role that CloudFormation assumes, and the execution role that
// it assumes with that, narrowed to the types in our templates and to names of the guard, under a boundary.
import { Fn, IAM } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { roleBoundaryStatements } from './bootstrap-boundary.ts'
import { executionGrants, furtherGrants, type Grant, looks, roleBoundary, templateRoles } from './bootstrap-grants.ts'
import { filledIn } from './bootstrap-names.ts'
import { optInRegions, regionalPrincipal } from './bootstrap-regions.ts'
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
            Principal: { Service: ['cloudformation.amazonaws.com', ...optInRegions(settings).map(regionalPrincipal)] },
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
    RoleBoundary: new IAM.ManagedPolicy({
      ManagedPolicyName: `${name}-${roleBoundary}`,
      Description: 'The most that a role of the templates can ever do, whatever policy it is given',
      PolicyDocument: { Version: '2012-10-17', Statement: roleBoundaryStatements(settings) },
    }),
  }
}

function executionStatements(settings: Settings): readonly object[] {
  const { account } = settings
  const grants: readonly Grant[] = [...Object.values(executionGrants), ...furtherGrants]
  return [
    ...grants.filter((grant) => isGiven(grant, settings)).map((grant) => statementOf(grant, settings)),
    { Effect: 'Allow', Action: [...looks], Resource: '*' },
    // CloudFormation works in the stacks with this role's rights.
    {
      Effect: 'Allow',
      Action: 'cloudformation:*',
      Resource: named('cloudformation:*:ACCOUNT:stack/StackSet-NAME-*', settings),
    },
    // AWS names s3:* as what StackSets need at least. Which bucket of its own a template comes from is not documented, so this
    // reads of accounts outside of this one and of its organization. SNS is not needed since October 2022 (AWS's notice, in Control Tower's issue 143).
    {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::*/*',
      Condition: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's own variable
        StringNotEquals: { 'aws:ResourceAccount': account, 'aws:ResourceOrgID': "${aws:PrincipalOrgID, 'none'}" },
        Null: { 'aws:ResourceAccount': 'false' },
      },
    },
  ]
}

function isGiven({ actions, onlyWith }: Grant, { encryption }: Settings): boolean {
  return actions.length > 0 && (onlyWith === undefined || onlyWith === encryption)
}

function statementOf({ actions, resources, condition }: Grant, settings: Settings): object {
  return {
    Effect: 'Allow',
    Action: [...actions],
    Resource: resources.flatMap((resource) => named(resource, settings)),
    ...(condition === undefined ? {} : { Condition: filledIn(condition, settings) }),
  }
}

function boundaryStatements(settings: Settings): object[] {
  const { account, name } = settings
  const grants: readonly Grant[] = [executionGrants['AWS::IAM::Role'], ...furtherGrants]
  return [
    {
      Sid: 'Services',
      Effect: 'Allow',
      Action: services.map((service) => `${service}:*`),
      Resource: '*',
    },
    ...grants.map((grant) => statementOf(grant, settings)),
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

/** Of whose types our templates are, but for IAM. */
const services = [
  'apigateway',
  'cloudformation',
  'cloudtrail',
  'cloudwatch',
  'config',
  'dynamodb',
  'events',
  'kms',
  'lambda',
  'logs',
  'notifications',
  'notifications-contacts',
  's3',
  'sns',
  'sqs',
]

function named(resource: string, settings: Settings): string[] {
  if (resource === '*') return ['*']
  const roles = resource.includes('ROLE') ? templateRoles : ['']
  return roles.map((role) => `arn:aws:${filledIn(resource, settings).replace('ROLE', `${settings.name}-${role}`)}`)
}
