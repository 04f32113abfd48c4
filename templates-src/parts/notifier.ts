// The function that reaches phones, its role, its log, and the table of its delivery records.
import { DynamoDB, Fn, IAM, Lambda, Logs } from 'cloudform'
import type { NotifierEnvironment, NotifierSettings } from '../../handlers/notifier/settings.ts'
import { withProperties } from '../beyond-cloudform.ts'
import { alarmRegion, channelsOf, type Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { arn, decryptsSecrets, inlinePolicy, trust } from './iam.ts'

/**
 * Its role is of use to this function alone: another that is given the role, or anyone else who becomes it, can do nothing.
 * Lambda puts `lambda:SourceFunctionArn` into the credentials that a function gets, and says so of what it asks of CloudWatch Logs
 * for it, too (Lambda Developer Guide, "Using source function ARN"). On what is allowed and not as a Deny of all else, and not on
 * kms:Decrypt: SSM asks KMS in the role's name for the key of a SecureString, and nothing says that this call carries it.
 *
 * `code` is the bundle of handlers/notifier: one CommonJS file, carried inline.
 */
export function notifier(settings: Settings, code: string): Resources {
  const secretsPath = `/${settings.name}/channels`
  const functionName = `${settings.name}-notifier`
  return {
    Notifier: withProperties(
      'AWS::Lambda::Function',
      new Lambda.Function({
        FunctionName: functionName,
        Description: 'Tells people by Telegram and SMS what the root user did',
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        MemorySize: 256,
        // It answers inside 4 s; EventBridge hangs up after 5.
        Timeout: 6,
        Role: Fn.GetAtt('NotifierRole', 'Arn'),
        Environment: { Variables: { ...environment(settings, secretsPath) } },
        Code: { ZipFile: code },
      }),
      { LoggingConfig: { LogGroup: Fn.Ref('NotifierLog'), LogFormat: 'Text' } },
    ),
    NotifierLog: new Logs.LogGroup({ LogGroupName: `/aws/lambda/${functionName}`, RetentionInDays: 365 }),
    NotifierRole: new IAM.Role({
      RoleName: functionName,
      Description: 'Reads the secrets of channels, keeps delivery records, writes its log',
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      Policies: [
        inlinePolicy('notifier', [
          {
            Effect: 'Allow',
            // One statement under one condition. An action of a service is no action on another service's resources.
            Action: [
              'ssm:GetParameter',
              ...['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
              ...['logs:CreateLogStream', 'logs:PutLogEvents'],
            ],
            Resource: [
              ...secretArns(settings, secretsPath),
              Fn.GetAtt('Deliveries', 'Arn'),
              Fn.GetAtt('NotifierLog', 'Arn'),
            ],
            Condition: { ArnEquals: { 'lambda:SourceFunctionArn': arn('lambda', `function:${functionName}`) } },
          },
          decryptsSecrets(arn('kms', 'key/*'), alarmRegion),
        ]),
      ],
    }),
    Deliveries: new DynamoDB.Table({
      TableName: `${settings.name}-deliveries`,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'alert', AttributeType: 'S' },
        { AttributeName: 'delivery', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'alert', KeyType: 'HASH' },
        { AttributeName: 'delivery', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    }),
  }
}

/** The configured channels' parameters, and no other that lies beside them. */
function secretArns(settings: Settings, secretsPath: string) {
  return channelsOf(settings).map((channel) => arn('ssm', `parameter${secretsPath}/${channel}`))
}

function environment({ name, locale, timeZone, routes, sms }: Settings, secretsPath: string) {
  const settings: NotifierSettings = { name, locale, timeZone, routes, sms }
  return {
    SETTINGS: JSON.stringify(settings),
    DELIVERIES_TABLE: Fn.Ref('Deliveries'),
    SECRETS_PATH: secretsPath,
  } satisfies Record<keyof NotifierEnvironment, unknown>
}
