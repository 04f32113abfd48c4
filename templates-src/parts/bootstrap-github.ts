// GitHub's workflows in the account: the OIDC provider, and a role a workflow, each with what its command needs and no
// more. Who may assume it is said by the token's subject, in both forms that GitHub has.
import { Fn, IAM } from 'cloudform'
import { alarmRegion, type Settings } from '../config/schema.ts'
import { driftSource, drillSource } from '../own-events.ts'
import type { Resources } from '../template.ts'
import { permissions } from './bootstrap-permissions.ts'
import { readStatements } from './bootstrap-reads.ts'
import { inlinePolicy } from './iam.ts'

export const githubIssuer = 'token.actions.githubusercontent.com'

export const workflowRoles = ['plan', 'deploy', 'drift', 'drill'] as const
export type WorkflowRole = (typeof workflowRoles)[number]

type GitHub = NonNullable<Settings['github']>

/**
 * The subjects that may assume a role. Repositories made, renamed or moved since 15 July 2026 carry ids in theirs, and
 * older ones do not; GitHub sends one of the two, and a policy that lists only the other fails for good.
 */
export function workflowSubjects(github: GitHub, role: WorkflowRole): readonly string[] {
  const { owner, ownerId, repository, repositoryId, branch, environment } = github
  const what = {
    plan: ['pull_request', `ref:refs/heads/${branch}`],
    deploy: [`environment:${environment}`],
    drift: [`ref:refs/heads/${branch}`],
    drill: [`ref:refs/heads/${branch}`],
  }[role]
  return [`repo:${owner}/${repository}`, `repo:${owner}@${ownerId}/${repository}@${repositoryId}`].flatMap((repo) =>
    what.map((context) => `${repo}:${context}`),
  )
}

export function githubAccess(settings: Settings, github: GitHub): Resources {
  const roles = workflowRoles.map((role) => [
    `${role[0]?.toUpperCase()}${role.slice(1)}Role`,
    new IAM.Role({
      RoleName: `${settings.name}-${role}`,
      Description: `What the workflow ${role} of ${github.owner}/${github.repository} may do`,
      MaxSessionDuration: 3_600,
      AssumeRolePolicyDocument: trustOf(settings, github, role),
      Policies: [inlinePolicy(role, statementsOf(settings, role))],
    }),
  ])
  return {
    ...(github.oidcProvider === 'create'
      ? {
          GitHubOidcProvider: new IAM.OIDCProvider({
            Url: `https://${githubIssuer}`,
            ClientIdList: ['sts.amazonaws.com'],
            // cloudform's types are of when these were wanted; AWS looks at GitHub's certificate itself.
          } as unknown as IAM.OIDCProvider['Properties']),
        }
      : {}),
    ...Object.fromEntries(roles),
  }
}

/**
 * What a token must say of itself beside its subject. A classic subject is but a name, which another repository can take
 * over: its id cannot be. And the subject of an environment says no branch. AWS knows these claims as condition keys since
 * February 2026 (docs/trust.md says where that is written); a key that AWS does not fill in is not equal to anything, so
 * that the role then lets nobody in. `repository_owner_id` adds nothing to the repository's own id.
 */
export function workflowClaims({ branch, repositoryId }: GitHub, role: WorkflowRole): Readonly<Record<string, string>> {
  return {
    repository_id: repositoryId,
    ...(role === 'deploy' ? { ref: `refs/heads/${branch}` } : {}),
  }
}

function trustOf({ account }: Settings, github: GitHub, role: WorkflowRole) {
  const claims = { aud: 'sts.amazonaws.com', sub: [...workflowSubjects(github, role)], ...workflowClaims(github, role) }
  const keys = Object.entries(claims).map(([claim, value]) => [`${githubIssuer}:${claim}`, value])
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${githubIssuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: Object.fromEntries(keys) },
      },
    ],
  }
}

/** Reads and writes are of the guard's own, wherever AWS knows a resource; what is not, and why, is in bootstrap-reads.ts. */
function statementsOf(settings: Settings, role: WorkflowRole): readonly object[] {
  const reads = (...actions: readonly string[]) =>
    readStatements(
      settings,
      actions.filter((action) => !writes.has(action)),
      { looksBeyond: role === 'deploy' || role === 'plan' },
    )
  switch (role) {
    case 'plan':
      return reads(...permissions.plan)
    case 'drift':
      return [
        ...reads(...permissions.drift),
        ownStackSets(settings, ['cloudformation:DetectStackSetDrift']),
        ...(settings.driftAlert ? [putting(settings, { sid: 'Tell', source: driftSource, regions: alarmRegion })] : []),
      ]
    case 'deploy':
      // The job of the deploy plans, deploys, puts the secrets and asks the doctor.
      return [
        ...reads(...permissions.plan, ...permissions.deploy, ...permissions.doctor),
        ...deployWrites(settings),
        ...ownSecrets(settings),
      ]
    case 'drill':
      return [
        ...reads(...permissions.drill),
        putting(settings, { sid: 'Drill', source: drillSource, regions: '*' }),
        {
          Sid: 'Follow',
          Effect: 'Allow',
          Action: 'execute-api:Invoke',
          // GET, and POST of a drill with its id: whatever else is posted there, the notifier refuses. AWS makes up the id of
          // the API, so that any API of the account with such a stage, methods and path is called as well, if its own policy
          // lets it be.
          Resource: ['GET', 'POST'].map((method) =>
            Fn.Sub(
              `arn:\${AWS::Partition}:execute-api:${alarmRegion}:\${AWS::AccountId}:*/live/${method}/alerts/*`,
              {},
            ),
          ),
        },
      ]
  }
}

/** Events of one source alone, so that the role can make nobody believe anything else. */
function putting({ account }: Settings, { sid, source, regions }: { sid: string; source: string; regions: string }) {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: 'events:PutEvents',
    Resource: `arn:aws:events:${regions}:${account}:event-bus/default`,
    Condition: { StringEquals: { 'events:source': source } },
  }
}

const writes: ReadonlySet<string> = new Set([
  'cloudformation:CreateStackSet',
  'cloudformation:UpdateStackSet',
  'cloudformation:CreateStackInstances',
  'cloudformation:DeleteStackInstances',
  'cloudformation:DetectStackSetDrift',
  'iam:CreateServiceLinkedRole',
  'iam:PassRole',
  'events:PutEvents',
  'execute-api:Invoke',
  // Reads, but of secrets.
  'ssm:GetParameters',
  'kms:Decrypt',
])

function deployWrites(settings: Settings): readonly object[] {
  const { account, name } = settings
  return [
    {
      Sid: 'NewStackSet',
      Effect: 'Allow',
      Action: 'cloudformation:CreateStackSet',
      // AWS knows no resource for it. One of another name gets no stack: that is asked of the guard's own names.
      Resource: '*',
    },
    ownStackSets(settings, [
      'cloudformation:UpdateStackSet',
      'cloudformation:CreateStackInstances',
      'cloudformation:DeleteStackInstances',
    ]),
    {
      Sid: 'HandOverTheAdministrationRole',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: `arn:aws:iam::${account}:role/${name}-stackset-administration`,
      Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
    },
    {
      Sid: 'MakeTheRoleOfConfig',
      Effect: 'Allow',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/*`,
      Condition: { StringEquals: { 'iam:AWSServiceName': 'config.amazonaws.com' } },
    },
  ]
}

function ownSecrets({ account, name }: Settings): readonly object[] {
  return [
    {
      Sid: 'OwnSecrets',
      Effect: 'Allow',
      Action: ['ssm:GetParameters', 'ssm:PutParameter'],
      Resource: `arn:aws:ssm:*:${account}:parameter/${name}/channels/*`,
    },
    {
      Sid: 'KeyOfSecrets',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:Encrypt'],
      Resource: `arn:aws:kms:*:${account}:key/*`,
      Condition: { StringLike: { 'kms:ViaService': 'ssm.*.amazonaws.com' } },
    },
  ]
}

function ownStackSets({ account, homeRegion, name }: Settings, actions: readonly string[]) {
  return {
    Sid: 'OwnStackSets',
    Effect: 'Allow',
    Action: [...actions],
    Resource: [
      `arn:aws:cloudformation:${homeRegion}:${account}:stackset/${name}-*`,
      `arn:aws:cloudformation:${homeRegion}:${account}:stackset-target/${name}-*`,
      // CreateStackInstances is judged by the types in the template, too.
      `arn:aws:cloudformation:${homeRegion}::type/resource/*`,
    ],
  }
}
