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
import { ofAnEmulator } from './given.ts'

export type EmulatedAws = ReturnType<typeof emulatedAws>

export function emulatedAws(given: string) {
  const endpoint = ofAnEmulator(given)
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
