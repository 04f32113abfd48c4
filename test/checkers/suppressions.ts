// What checkov finds and we leave as it is, with the reason. A finding that is not here fails the gate, and so does a line
// here that nothing is found for any more.

export interface Suppression {
  readonly check: string
  /** What it asks for, in a few words. */
  readonly asks: string
  /** Type and logical id, in whichever template. */
  readonly resources: readonly string[]
  readonly why: string
}

const DEAD_LETTERS = 'AWS::SQS::Queue.DeadLetters'
const NOTIFIER = 'AWS::Lambda::Function.Notifier'

export const suppressions: readonly Suppression[] = [
  ...['CKV_AWS_109', 'CKV_AWS_111'].map((check) => ({
    check,
    asks: 'IAM policies that allow writes of named resources only',
    resources: ['AWS::IAM::Role.StackSetExecutionRole', 'AWS::IAM::ManagedPolicy.StackSetBoundary'],
    why: "what AWS names by ids of its own (Config's recorder and rules, KMS keys, notifications) cannot be named beforehand; the rest is",
  })),
  ...['CKV_AWS_108', 'CKV_AWS_110'].map((check) => ({
    check,
    asks: 'a boundary without reads of data and changes of roles',
    resources: ['AWS::IAM::ManagedPolicy.StackSetBoundary'],
    why: 'a boundary grants nothing: it is the outer limit of a role whose own policy is the narrow one',
  })),
  {
    check: 'CKV_AWS_73',
    asks: 'X-Ray tracing',
    resources: ['AWS::ApiGateway::Stage.Stage'],
    why: 'one function that logs each delivery with its milliseconds; a trace would say nothing more and cost a permission',
  },
  {
    check: 'CKV_AWS_76',
    asks: 'access logging of the API',
    resources: ['AWS::ApiGateway::Stage.Stage'],
    why: "needs AWS::ApiGateway::Account, which is one for the whole account and Region and would overwrite its owner's",
  },
  {
    check: 'CKV_AWS_120',
    asks: 'caching',
    resources: ['AWS::ApiGateway::Stage.Stage'],
    why: 'an alert must reach the notifier each time; an answer from a cache would be a lost alert',
  },
  {
    check: 'CKV_AWS_115',
    asks: 'reserved concurrency',
    resources: [NOTIFIER],
    why: 'fails to deploy in new accounts, whose quota is too low to reserve of; the stage throttles instead',
  },
  {
    check: 'CKV_AWS_116',
    asks: 'a dead letter queue of the function',
    resources: [NOTIFIER],
    why: 'it is called synchronously, where Lambda uses none; the rules have the dead letters',
  },
  {
    check: 'CKV_AWS_117',
    asks: 'a VPC',
    resources: [NOTIFIER],
    why: 'it talks to providers on the internet; a VPC would add a NAT gateway that can fail and is paid by the hour',
  },
  {
    check: 'CKV_AWS_45',
    asks: 'no secret among environment variables',
    resources: [NOTIFIER],
    why: 'the settings, the name of the table and a path: the secrets are SecureStrings in SSM, and a test holds the variables',
  },
  {
    check: 'CKV_AWS_173',
    asks: 'a key for environment variables',
    resources: [NOTIFIER],
    why: 'they hold no secret (those are SecureStrings in SSM); a key that cannot be used would silence every alert',
  },
  {
    check: 'CKV_AWS_158',
    asks: 'a key for the log',
    resources: ['AWS::Logs::LogGroup.NotifierLog'],
    why: 'phone numbers are masked in it and secrets never written; CloudWatch Logs encrypts it by itself',
  },
  {
    check: 'CKV_AWS_119',
    asks: 'a key for the table',
    resources: ['AWS::DynamoDB::Table.Deliveries'],
    why: 'it holds digests of recipients and outcomes; DynamoDB encrypts it by itself, and a key is one more thing to fail',
  },
  {
    check: 'CKV_AWS_28',
    asks: 'backups of the table',
    resources: ['AWS::DynamoDB::Table.Deliveries'],
    why: 'its records say what not to send twice and expire; restored ones would be of no use',
  },
  {
    check: 'CKV_AWS_26',
    asks: 'a key for the topic',
    resources: ['AWS::SNS::Topic.AlertTopic', 'AWS::SNS::Topic.OperationsTopic'],
    why: 'with encryption: customer-key it has one; the default leaves out a key whose loss would silence the e-mail',
  },
  {
    check: 'CKV_AWS_26',
    asks: 'a key for the topic',
    resources: ['AWS::SNS::Topic.ConfigTopic'],
    why: 'AWS Config does not publish to encrypted topics, says its documentation',
  },
  {
    check: 'CKV_AWS_27',
    asks: 'encryption of the queue',
    resources: [DEAD_LETTERS],
    why: 'it is encrypted by SQS itself (SqsManagedSseEnabled), which this check does not know',
  },
  {
    check: 'CKV_AWS_35',
    asks: "a key for the trail's logs",
    resources: ['AWS::CloudTrail::Trail.Trail'],
    why: 'with encryption: customer-key it has one; the default is encrypted by S3 itself',
  },
  {
    check: 'CKV_AWS_18',
    asks: 'access logging of the bucket',
    resources: ['AWS::S3::Bucket.AccessLogsBucket'],
    why: 'it is the bucket that takes access logs: one that logs into itself never stops',
  },
]
