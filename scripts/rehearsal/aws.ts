// The AWS clients of the rehearsal. They speak to an emulator only: the endpoint is always given, and so are credentials
// that no real account knows, whatever this machine's environment or profiles say.
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { SSMClient } from '@aws-sdk/client-ssm'
import { STSClient } from '@aws-sdk/client-sts'
import { alarmRegion } from '../../templates-src/config/schema.ts'
import { CommandError } from '../lib/command.ts'

export type EmulatedAws = ReturnType<typeof emulatedAws>

export function emulatedAws(endpoint: string) {
  if (/amazonaws\.com|amazon\.com|api\.aws/i.test(endpoint)) {
    throw new CommandError(
      `the rehearsal does not speak to ${endpoint}`,
      'unset AWS_ENDPOINT_URL, or point it at an emulator',
      2,
    )
  }
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const config = { endpoint, region: alarmRegion, credentials }
  return {
    endpoint,
    credentials,
    cloudFormation: new CloudFormationClient(config),
    dynamoDb: new DynamoDBClient(config),
    eventBridge: new EventBridgeClient(config),
    iam: new IAMClient(config),
    lambda: new LambdaClient(config),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
  }
}
