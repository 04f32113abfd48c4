// Roles: who may assume them, and what they may do; what bounds them, and whom the account trusts. CloudFormation is partly
// blind to policies attached behind its back.
import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam'
import { aws, pages } from '../../aws.ts'
import type { LiveCheck } from '../check.ts'
import { type Difference, differencesOfDocuments, differencesWithin } from '../compare.ts'
import { resourceName } from '../resolve.ts'

export const identityChecks = {
  'AWS::IAM::Role': {
    actions: ['iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'],
    covers: [
      'AssumeRolePolicyDocument',
      'Description',
      'ManagedPolicyArns',
      'MaxSessionDuration',
      'PermissionsBoundary',
      'Policies',
    ],
    fixed: ['RoleName'],
    look: async ({ properties, physicalId }, region) => {
      const RoleName = String(properties.RoleName ?? resourceName(physicalId))
      const { Role } = await aws.iam(region).send(new GetRoleCommand({ RoleName }))
      const policies = await inlinePolicies(region, RoleName)
      const attached = await attachedPolicies(region, RoleName)
      const wished = (properties.Policies ?? []) as readonly { PolicyName: string; PolicyDocument: unknown }[]
      const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn
      return [
        ...differencesWithin('Description', properties.Description, Role?.Description),
        ...differencesWithin('MaxSessionDuration', properties.MaxSessionDuration, Role?.MaxSessionDuration),
        ...differencesOfDocuments('trust', properties.AssumeRolePolicyDocument, Role?.AssumeRolePolicyDocument ?? ''),
        ...wished.flatMap(({ PolicyName, PolicyDocument }) =>
          differencesOfDocuments(`policy ${PolicyName}`, PolicyDocument, policies.get(PolicyName) ?? ''),
        ),
        ...strangers(
          'policy',
          wished.map(({ PolicyName }) => PolicyName),
          [...policies.keys()],
        ),
        ...differencesOfDocuments('attached policies', properties.ManagedPolicyArns ?? [], attached),
        ...differencesWithin('PermissionsBoundary', properties.PermissionsBoundary, boundary),
      ]
    },
  },
  'AWS::IAM::ManagedPolicy': {
    actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
    covers: ['PolicyDocument'],
    fixed: ['Description', 'ManagedPolicyName'],
    look: async ({ properties, physicalId: PolicyArn }, region) => {
      const { Policy } = await aws.iam(region).send(new GetPolicyCommand({ PolicyArn }))
      const { PolicyVersion } = await aws
        .iam(region)
        .send(new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }))
      return differencesOfDocuments('policy', properties.PolicyDocument, PolicyVersion?.Document ?? '')
    },
  },
  'AWS::IAM::OIDCProvider': {
    actions: ['iam:GetOpenIDConnectProvider'],
    covers: ['ClientIdList', 'Url'],
    fixed: [],
    look: async ({ properties, physicalId }, region) => {
      const { Url = '', ClientIDList = [] } = await aws
        .iam(region)
        .send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: physicalId }))
      return [
        // IAM leaves the scheme off.
        ...differencesWithin('Url', String(properties.Url).replace(/^https:\/\//, ''), Url.replace(/^https:\/\//, '')),
        // An audience more is somebody else's tokens.
        ...differencesOfDocuments('ClientIdList', properties.ClientIdList ?? [], ClientIDList),
      ]
    },
  },
} satisfies Record<string, LiveCheck>

function strangers(what: string, wished: readonly string[], found: readonly string[]): readonly Difference[] {
  return found
    .filter((name) => !wished.includes(name))
    .map((name) => ({ what: `${what} ${name}`, wished: 'nothing', found: 'a policy that was not deployed' }))
}

async function inlinePolicies(region: string, RoleName: string): Promise<ReadonlyMap<string, string>> {
  const names = await pages(
    (Marker) => aws.iam(region).send(new ListRolePoliciesCommand({ RoleName, ...(Marker ? { Marker } : {}) })),
    ({ PolicyNames }) => PolicyNames,
    ({ Marker }) => Marker,
  )
  const documents = await Promise.all(
    names.map(async (PolicyName) => {
      const { PolicyDocument = '' } = await aws.iam(region).send(new GetRolePolicyCommand({ RoleName, PolicyName }))
      return [PolicyName, PolicyDocument] as const
    }),
  )
  return new Map(documents)
}

async function attachedPolicies(region: string, RoleName: string): Promise<readonly string[]> {
  const found = await pages(
    (Marker) => aws.iam(region).send(new ListAttachedRolePoliciesCommand({ RoleName, ...(Marker ? { Marker } : {}) })),
    ({ AttachedPolicies }) => AttachedPolicies,
    ({ Marker }) => Marker,
  )
  return found.map(({ PolicyArn = '' }) => PolicyArn)
}
