// The function that reaches phones, its role and its log. What calls it and the table of its records are in us-east-1's template, which
// names it, as this one names the table, without an import: each of the two stacks can be made, updated and deleted by itself.
import { Fn, IAM, Lambda, Logs } from 'cloudform'
import type { NotifierEnvironment, NotifierSettings } from '../../handlers/notifier/settings.ts'
import { withProperties } from '../beyond-cloudform.ts'
import { alarmRegion, channelsOf, type Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { deliveriesName } from './deliveries.ts'
import { arn, decryptsSecrets, inlinePolicy, trust } from './iam.ts'

/**
 * The name of the function and of its role. The release before had them in us-east-1's stack as `NAME-notifier`: CloudFormation
 * refuses a second stack the name that a first one holds, so that what moves between stacks moves under a new one.
 */
export const notifierName = ({ name }: Settings) => `${name}-notify`

export const notifierArn = (settings: Settings) => arn('lambda', `function:${notifierName(settings)}`)

export const notifierLog = (settings: Settings) => `/aws/lambda/${notifierName(settings)}`

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
  const functionName = notifierName(settings)
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
    NotifierLog: new Logs.LogGroup({ LogGroupName: notifierLog(settings), RetentionInDays: 365 }),
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
              arn('dynamodb', `table/${deliveriesName(settings)}`),
              Fn.GetAtt('NotifierLog', 'Arn'),
            ],
            Condition: { ArnEquals: { 'lambda:SourceFunctionArn': notifierArn(settings) } },
          },
          decryptsSecrets(arn('kms', 'key/*'), alarmRegion),
        ]),
      ],
    }),
  }
}

/** The configured channels' parameters, and no other that lies beside them. */
function secretArns(settings: Settings, secretsPath: string) {
  return channelsOf(settings).map((channel) => arn('ssm', `parameter${secretsPath}/${channel}`))
}

function environment(given: Settings, secretsPath: string) {
  const { name, locale, timeZone, routes, sms } = given
  const settings: NotifierSettings = { name, locale, timeZone, routes, sms }
  return {
    SETTINGS: JSON.stringify(settings),
    DELIVERIES_TABLE: deliveriesName(given),
    SECRETS_PATH: secretsPath,
  } satisfies Record<keyof NotifierEnvironment, unknown>
}
