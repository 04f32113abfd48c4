// IAM: the quotas of policies, and what a permissions boundary must not leave out.
import { type Statement, statements } from '../templates-src/references.ts'
import { conditionKeys, list, policy, type Rule, rendered, resource } from './rule.ts'

const forLambda = policy({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' })
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => `arn:aws:events:us-east-1:111122223333:rule/sample-${at}`)
const read = policy({ Action: 'ssm:GetParameter', Resource: '*' })

export const iam: readonly Rule[] = [
  {
    id: 'iam/trust-policy-size',
    fact: "A role's trust policy has 2,048 characters at most; IAM does not count white space.",
    source: 'IAM User Guide, quotas',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::IAM::Role'],
    check: ({ Properties: { AssumeRolePolicyDocument } }, template) => {
      const { length } = compact(rendered(AssumeRolePolicyDocument, template).text)
      return length > 2048
        ? [{ property: 'AssumeRolePolicyDocument', found: length, allowed: '2,048 characters at most' }]
        : []
    },
    wrong: [
      {
        Role: resource('AWS::IAM::Role', {
          AssumeRolePolicyDocument: policy({
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { ArnLike: { 'aws:SourceArn': many(40) } },
          }),
        }),
      },
    ],
  },
  {
    id: 'iam/inline-policies-size',
    fact: "A role's inline policies have 10,240 characters together at most.",
    source: 'IAM User Guide, quotas',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::IAM::Role'],
    check: ({ Properties: { Policies } }, template) => {
      const documents = list<{ PolicyDocument: unknown }>(Policies).map(({ PolicyDocument }) => PolicyDocument)
      const sizes = documents.map((document) => compact(rendered(document, template).text).length)
      const size = sizes.reduce((sum, one) => sum + one, 0)
      return size > 10_240 ? [{ property: 'Policies', found: size, allowed: '10,240 characters together at most' }] : []
    },
    wrong: [
      {
        Role: resource('AWS::IAM::Role', {
          AssumeRolePolicyDocument: forLambda,
          Policies: ['a', 'b'].map((PolicyName) => ({
            PolicyName,
            PolicyDocument: policy({ Action: 'events:PutRule', Resource: many(100) }),
          })),
        }),
      },
    ],
  },
  {
    id: 'iam/managed-policy-size',
    fact: 'A managed policy has 6,144 characters at most; IAM does not count white space.',
    source: 'IAM User Guide, quotas',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::IAM::ManagedPolicy'],
    check: ({ Properties: { PolicyDocument } }, template) => {
      const { length } = compact(rendered(PolicyDocument, template).text)
      return length > 6144 ? [{ property: 'PolicyDocument', found: length, allowed: '6,144 characters at most' }] : []
    },
    wrong: [
      {
        Policy: resource('AWS::IAM::ManagedPolicy', {
          PolicyDocument: policy({ Action: 'events:PutRule', Resource: many(120) }),
        }),
      },
    ],
  },
  {
    id: 'iam/reads-of-secrets-decrypt',
    fact: "SSM decrypts a SecureString with the caller's rights: who may read one, and a boundary that lets it, allows kms:Decrypt by SSM, and not under lambda:SourceFunctionArn, which SSM's call to KMS does not have.",
    source: 'KMS Developer Guide, Parameter Store; IAM User Guide, permissions boundaries',
    sure: 'L',
    basis: 'reasoning',
    of: ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy'],
    check: ({ Properties }) => {
      const all = statements({ ...Properties, AssumeRolePolicyDocument: undefined })
      const decrypts = all.filter(
        (one) => allows(one, 'kms:Decrypt') && !conditionKeys(one).includes('lambda:sourcefunctionarn'),
      )
      const reads = all.some((one) => allows(one, 'ssm:GetParameter'))
      const property = 'Policies' in Properties ? 'Policies' : 'PolicyDocument'
      return reads && decrypts.length === 0
        ? [
            {
              property,
              found: 'ssm:GetParameter alone',
              allowed: 'kms:Decrypt under kms:ViaService in a statement of its own',
            },
          ]
        : []
    },
    wrong: [
      { Boundary: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: read }) },
      {
        Role: resource('AWS::IAM::Role', {
          AssumeRolePolicyDocument: forLambda,
          Policies: [
            { PolicyName: 'read', PolicyDocument: read },
            {
              PolicyName: 'decrypt',
              PolicyDocument: policy({
                Action: 'kms:Decrypt',
                Resource: '*',
                Condition: {
                  ArnEquals: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:us-east-1:111122223333:function:x' },
                },
              }),
            },
          ],
        }),
      },
    ],
  },
]

/** As IAM counts. A text within a policy has no white space that counts here. */
function compact(text: string): string {
  return text.replaceAll(/\s/g, '')
}

function allows({ Effect, Action }: Statement, action: string): boolean {
  return Effect === 'Allow' && list(Action).includes(action)
}
