import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  additionsTo,
  canonicalDocument,
  differencesOfDocuments,
  differencesWithin,
} from '../../../../scripts/lib/live/compare.ts'
import { resolveResources, unknown } from '../../../../scripts/lib/live/resolve.ts'

const place = {
  account: '111122223333',
  region: 'us-east-1',
  stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/StackSet-guard-1/2',
}

const resolving = suite('a deployed template as AWS holds it')

const PHYSICAL = {
  Role: 'guard-role',
  RoleByArn: 'arn:aws:iam::111122223333:role/guard-role',
  Queue: 'https://sqs.us-east-1.amazonaws.com/111122223333/guard-queue',
  Topic: 'arn:aws:sns:us-east-1:111122223333:guard-topic',
  Bucket: 'stackset-guard-bucket',
  Log: '/aws/lambda/guard',
  LogByArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/guard:*',
  Function: 'guard-function',
  Api: 'abc123',
}
const TYPES = {
  Role: 'AWS::IAM::Role',
  RoleByArn: 'AWS::IAM::Role',
  Queue: 'AWS::SQS::Queue',
  Topic: 'AWS::SNS::Topic',
  Bucket: 'AWS::S3::Bucket',
  Log: 'AWS::Logs::LogGroup',
  LogByArn: 'AWS::Logs::LogGroup',
  Function: 'AWS::Lambda::Function',
  Api: 'AWS::ApiGateway::RestApi',
  Unmade: 'AWS::SQS::Queue',
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
// biome-ignore format: a row a line
const VALUES: readonly (readonly [written: unknown, plain: unknown])[] = [
  ['text', 'text'],
  [[1, true], [1, true]],
  [{ Ref: 'AWS::AccountId' }, '111122223333'],
  [{ Ref: 'AWS::StackName' }, 'StackSet-guard-1'],
  [{ Ref: 'Topic' }, PHYSICAL.Topic],
  [{ Ref: 'RoleByArn' }, 'guard-role'],
  [{ Ref: 'LogByArn' }, '/aws/lambda/guard'],
  [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::111122223333:role/guard-role'],
  [{ 'Fn::GetAtt': ['RoleByArn', 'Arn'] }, 'arn:aws:iam::111122223333:role/guard-role'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:111122223333:guard-queue'],
  [{ 'Fn::GetAtt': ['Queue', 'QueueName'] }, 'guard-queue'],
  [{ 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::stackset-guard-bucket'],
  [{ 'Fn::GetAtt': ['Log', 'Arn'] }, 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/guard:*'],
  [{ 'Fn::GetAtt': ['Api', 'RootResourceId'] }, unknown],
  [{ 'Fn::GetAtt': ['Unmade', 'Arn'] }, unknown],
  [{ 'Fn::Sub': 'arn:${AWS::Partition}:x:${AWS::Region}:${Function}' }, 'arn:aws:x:us-east-1:guard-function'],
  [{ 'Fn::Sub': '${Function.Arn}/${!Literal}' }, 'arn:aws:lambda:us-east-1:111122223333:function:guard-function/${Literal}'],
  [{ 'Fn::Sub': ['${Mine}', { Mine: 'yours' }] }, 'yours'],
  [{ 'Fn::Join': ['', ['a', 'b']] }, unknown],
]
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders

for (const [written, plain] of VALUES) {
  resolving(`${JSON.stringify(written)} is ${JSON.stringify(plain)}`, () => {
    const Resources = Object.fromEntries(Object.entries(TYPES).map(([id, Type]) => [id, { Type, Properties: {} }]))
    const template = { Resources: { ...Resources, It: { Type: 'AWS::Events::Rule', Properties: { Value: written } } } }
    const it = resolveResources(template, PHYSICAL, place).find(({ logicalId }) => logicalId === 'It')
    assert.equal(it?.properties.Value, plain)
  })
}

resolving.run()

const comparing = suite('what was deployed against what AWS holds')

const policy = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] })
const ALLOW = { Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: ['*'] }

// biome-ignore format: a row a line
const DOCUMENTS: readonly (readonly [what: string, wished: unknown, found: unknown, same: boolean])[] = [
  ['JSON text is the document', policy(ALLOW), JSON.stringify(policy(ALLOW)), true],
  ['percent-encoded text is, too', policy(ALLOW), encodeURIComponent(JSON.stringify(policy(ALLOW))), true],
  ['a list of one is a text', policy(ALLOW), policy({ ...ALLOW, Resource: '*' }), true],
  ['order does not matter', policy(ALLOW), policy({ Resource: '*', Action: ['a:C', 'a:B'], Effect: 'Allow' }), true],
  ['condition keys have no case', policy({ Condition: { StringEquals: { 'AWS:SourceAccount': '1' } } }), policy({ Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }), true],
  ['one statement more is a difference', policy(ALLOW), { Version: '2012-10-17', Statement: [ALLOW, { Effect: 'Deny' }] }, false],
  ['one action more is a difference', policy(ALLOW), policy({ ...ALLOW, Action: ['a:B', 'a:C', 'a:D'] }), false],
  ['nothing instead of a policy is a difference', policy(ALLOW), '', false],
  ['what only AWS knows is equal to anything', policy({ Resource: `arn:${unknown}/x` }), policy({ Resource: 'arn:123/x' }), true],
  ['but not what stands around it', policy({ Resource: `arn:${unknown}/x` }), policy({ Resource: 'arn:123/y' }), false],
]

for (const [what, wished, found, same] of DOCUMENTS) {
  comparing(what, () => assert.is(differencesOfDocuments('policy', wished, found).length, same ? 0 : 1))
}

comparing('what AWS adds is no difference, what it lacks is', () => {
  assert.equal(differencesWithin('', { A: 1, B: { C: true } }, { A: '1', B: { C: 'true', D: 1 }, E: 1 }), [])
  assert.equal(differencesWithin('', { A: 1, B: { C: true } }, { A: 2, B: {} }), [
    { what: 'A', wished: '1', found: '2' },
    { what: 'B.C', wished: 'true', found: 'nothing' },
  ])
})

comparing('lists are the same in any order, and not with one item more', () => {
  assert.equal(differencesWithin('L', ['a', 'b'], ['b', 'a']), [])
  assert.is(differencesWithin('L', ['a'], ['a', 'b']).length, 1)
})

const SELECTOR = { ReadWriteType: 'All', IncludeManagementEvents: true }

// biome-ignore format: a row a line
const ELEMENTS: readonly (readonly [what: string, wished: object, found: object, same: boolean])[] = [
  ['with empty values that AWS adds is the same', SELECTOR, { ...SELECTOR, DataResources: [], ExcludeManagementEventSources: [] }, true],
  ['with a filter of nothing is the same', { Id: 'retention' }, { Id: 'retention', Filter: { Prefix: '' }, Expiration: {} }, true],
  ['that leaves KMS out differs', SELECTOR, { ...SELECTOR, ExcludeManagementEventSources: ['kms.amazonaws.com'] }, false],
  ['with a unit in which nothing is measured differs', { MetricStat: { Stat: 'Sum' } }, { MetricStat: { Stat: 'Sum', Unit: 'Bits' } }, false],
  ['that moves the logs elsewhere first differs', { Id: 'retention' }, { Id: 'retention', Transitions: [{ Days: 1, StorageClass: 'DEEP_ARCHIVE' }] }, false],
]

for (const [what, wished, found, same] of ELEMENTS) {
  comparing(`an element of a list ${what}`, () => {
    assert.is(differencesWithin('L', [wished], [found]).length, same ? 0 : 1)
  })
}

comparing('what AWS holds beyond a target is named', () => {
  assert.equal(additionsTo('Targets.phones', { Id: 'phones' }, { Id: 'phones', Input: '{}', HttpParameters: {} }), [
    { what: 'Targets.phones.Input', wished: 'nothing', found: '{}' },
  ])
})

comparing('of two policies the statements that differ are shown, and not those that are the same', () => {
  const [same, mine, theirs] = ['same', 'mine', 'theirs'].map((Sid) => ({ Sid, Effect: 'Deny' }))
  const differences = (wished: unknown[], found: unknown[]) =>
    differencesOfDocuments('policy', { Statement: wished }, { Statement: found })
  assert.equal(differences([same, mine], [same, theirs]), [
    { what: 'policy', wished: '{"Effect":"Deny","Sid":"mine"}', found: '{"Effect":"Deny","Sid":"theirs"}' },
  ])
  assert.equal(differences([same, mine], [same]), [
    { what: 'policy', wished: '{"Effect":"Deny","Sid":"mine"}', found: 'no such statement' },
  ])
})

comparing('a text that is no JSON stays what it is', () => assert.is(canonicalDocument('text'), 'text'))

comparing.run()
