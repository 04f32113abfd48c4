// The SDK's clients, one a service and Region, all with the same patience. Where they reach is the SDK's own affair:
// AWS_PROFILE, AWS_ENDPOINT_URL and the like are honoured because nothing here sets them.
import { AccountClient } from '@aws-sdk/client-account'
import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { ConfigServiceClient } from '@aws-sdk/client-config-service'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { SSMClient } from '@aws-sdk/client-ssm'
import { STSClient } from '@aws-sdk/client-sts'
import { isAwsError } from './aws-failure.ts'

/** A client is made when it is first asked for, and kept. */
export const aws = {
  account: perRegion((settings) => new AccountClient(settings)),
  apiGateway: perRegion((settings) => new APIGatewayClient(settings)),
  cloudFormation: perRegion((settings) => new CloudFormationClient(settings)),
  cloudTrail: perRegion((settings) => new CloudTrailClient(settings)),
  cloudWatch: perRegion((settings) => new CloudWatchClient(settings)),
  logs: perRegion((settings) => new CloudWatchLogsClient(settings)),
  config: perRegion((settings) => new ConfigServiceClient(settings)),
  dynamoDb: perRegion((settings) => new DynamoDBClient(settings)),
  eventBridge: perRegion((settings) => new EventBridgeClient(settings)),
  iam: perRegion((settings) => new IAMClient(settings)),
  kms: perRegion((settings) => new KMSClient(settings)),
  lambda: perRegion((settings) => new LambdaClient(settings)),
  // An emulator has one name for all buckets; AWS's own endpoints want the bucket in the host.
  s3: perRegion(
    (settings) => new S3Client({ ...settings, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined }),
  ),
  sns: perRegion((settings) => new SNSClient(settings)),
  sqs: perRegion((settings) => new SQSClient(settings)),
  ssm: perRegion((settings) => new SSMClient(settings)),
  sts: perRegion((settings) => new STSClient(settings)),
}

/** Every page of a listing, one after the other. `next` answers the token of the page after, if there is one. */
export async function pages<Page, Item>(
  read: (token: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  next: (page: Page) => string | undefined,
): Promise<Item[]> {
  const all: Item[] = []
  let token: string | undefined
  do {
    const page = await read(token)
    all.push(...(items(page) ?? []))
    token = next(page)
  } while (token)
  return all
}

/** The answer, or undefined where AWS says that there is no such thing. */
export async function ifThere<Answer>(
  call: Promise<Answer>,
  absence: string | readonly string[],
): Promise<Answer | undefined> {
  try {
    return await call
  } catch (error) {
    if ([absence].flat().some((name) => isAwsError(error, name))) return undefined
    throw error
  }
}

interface ClientSettings {
  readonly region: string
  readonly maxAttempts: number
  readonly retryMode: 'standard'
}

/** CloudFormation throttles soon. Five retries with growing pauses are some ten seconds when it does. */
const patience = { maxAttempts: 6, retryMode: 'standard' } as const

function perRegion<Client>(make: (settings: ClientSettings) => Client): (region: string) => Client {
  const made = new Map<string, Client>()
  return (region) => {
    const client = made.get(region) ?? make({ region, ...patience })
    made.set(region, client)
    return client
  }
}
