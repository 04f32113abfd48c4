// A target of a rule, called as EventBridge calls it: its role, its 5 seconds, its retries, its dead letters, all read back from
// what was deployed.
import { setTimeout as pause } from 'node:timers/promises'
import type { DescribeRuleCommandOutput, Target } from '@aws-sdk/client-eventbridge'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { PublishCommand } from '@aws-sdk/client-sns'
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, STSServiceException } from '@aws-sdk/client-sts'
import { AwsClient } from 'aws4fetch'
import type { EmulatedAws } from './aws.ts'
import type { Event } from './event-bridge.ts'
import { transformed } from './input-transformer.ts'

export interface TargetPassage {
  readonly target: string
  readonly attempts: readonly Attempt[]
  /** Where it was put when no try succeeded; '' otherwise. */
  readonly deadLetters: string
}

export interface Attempt {
  readonly status: number | 'no answer in 5 s' | 'role not assumed'
  readonly ms: number
  /** What the target answered, the text that was published, or why EventBridge may not assume the rule's role. */
  readonly body: string
}

export type TargetNews =
  | { readonly is: 'attempt'; readonly target: string; readonly attempt: Attempt }
  | { readonly is: 'given up'; readonly target: string; readonly deadLetters: string }

/** EventBridge waits this long for an API. */
const answerWithinMs = 5_000
/** EventBridge retries for a day, in growing steps with jitter; here the day is four tries in about two seconds. */
const tries = 4
const firstPauseMs = 250

export interface Listener {
  /** Called between the tries. */
  readonly between: () => void
  readonly tell: (news: TargetNews) => void
}

/** Hands the event to the target. */
export async function handOn(
  aws: EmulatedAws,
  rule: DescribeRuleCommandOutput,
  target: Target,
  event: Event,
  { between, tell }: Listener,
): Promise<TargetPassage> {
  const id = target.Id ?? ''
  const attempts: Attempt[] = []
  for (let n = 0; n < tries; n++) {
    if (n > 0) {
      between()
      await pause(firstPauseMs * 2 ** (n - 1))
    }
    const attempt = await attemptAt(aws, target, event)
    attempts.push(attempt)
    tell({ is: 'attempt', target: id, attempt })
    if (!worthRetrying(attempt.status)) break
  }
  const last = attempts.at(-1)
  const arrived = typeof last?.status === 'number' && last.status < 300
  const deadLetters = arrived || last === undefined ? '' : await bury(aws, rule, target, event, attempts.length, last)
  if (deadLetters !== '') tell({ is: 'given up', target: id, deadLetters })
  return { target: id, attempts, deadLetters }
}

/** Calls the target's function with its Input, and answers what the function said. */
export async function invokeFunction({ lambda }: EmulatedAws, { Arn, Input }: Target): Promise<string> {
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: Arn, Payload: Input ?? '{}' }))
  const said = Payload?.transformToString() ?? ''
  if (FunctionError) throw new Error(`${Arn} failed: ${said}`)
  return said
}

/** 5xx, 429 and no answer are tried again; any other refusal is final. */
function worthRetrying(status: Attempt['status']): boolean {
  return status === 'no answer in 5 s' || (typeof status === 'number' && (status >= 500 || status === 429))
}

function attemptAt(aws: EmulatedAws, target: Target, event: Event): Promise<Attempt> {
  const [, , service = ''] = (target.Arn ?? '').split(':')
  if (service === 'execute-api') return postToApi(aws, target, event)
  if (service === 'sns') return publish(aws, target, event)
  throw new Error(`the rehearsal has no way to a target of the service ${service}`)
}

/** Signed with credentials of the target's role, as EventBridge signs it. */
async function postToApi(aws: EmulatedAws, target: Target, event: Event): Promise<Attempt> {
  const asked = performance.now()
  const role = await credentialsOf(aws, target.RoleArn)
  if (role instanceof Error) {
    return { status: 'role not assumed', body: role.message, ms: Math.round(performance.now() - asked) }
  }
  const client = new AwsClient({ ...role, service: 'execute-api', region: 'us-east-1' })
  // arn:aws:execute-api:us-east-1:111122223333:API/STAGE/POST/path
  const [api, stage, method = 'POST', ...path] = (target.Arn ?? '').split(':').slice(5).join(':').split('/')
  const request = await client.sign(`${aws.endpoint}/_aws/execute-api/${api}/${stage}/${path.join('/')}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  })
  const started = performance.now()
  const spent = () => Math.round(performance.now() - started)
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(answerWithinMs) })
    return { status: response.status, body: await response.text(), ms: spent() }
  } catch {
    return { status: 'no answer in 5 s', body: '', ms: spent() }
  }
}

/** Of the role that the rule names; what STS says, where there is none of the name or it does not let EventBridge in. */
async function credentialsOf({ sts }: EmulatedAws, RoleArn: string | undefined) {
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'eventbridge' }))
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  } catch (error) {
    if (error instanceof STSServiceException && error.name === 'AccessDenied') return error
    throw error
  }
}

async function publish(aws: EmulatedAws, target: Target, event: Event): Promise<Attempt> {
  const started = performance.now()
  const spent = () => Math.round(performance.now() - started)
  const text = transformed(target.InputTransformer, event)
  try {
    await aws.sns.send(new PublishCommand({ TopicArn: target.Arn, Message: text }))
    return { status: 200, body: text, ms: spent() }
  } catch (error) {
    const { message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
    return { status: $metadata?.httpStatusCode ?? 500, body: message, ms: spent() }
  }
}

/** Into the target's own queue, with the attributes that EventBridge gives a dead letter. */
async function bury(
  aws: EmulatedAws,
  rule: DescribeRuleCommandOutput,
  target: Target,
  event: Event,
  attempts: number,
  last: Attempt,
): Promise<string> {
  const queue = (target.DeadLetterConfig?.Arn ?? '').split(':').at(-1) ?? ''
  if (queue === '') return 'nowhere: the target has no dead letters'
  const { QueueUrl } = await aws.sqs.send(new GetQueueUrlCommand({ QueueName: queue }))
  const attributes = {
    RULE_ARN: rule.Arn ?? '',
    TARGET_ARN: target.Arn ?? '',
    ERROR_CODE: errorCode(last.status),
    ERROR_MESSAGE: last.body || String(last.status),
    RETRY_ATTEMPTS: String(attempts - 1),
    ...(worthRetrying(last.status) ? { EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts' } : {}),
  }
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  )
  await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event), MessageAttributes }))
  return queue
}

/** As EventBridge names it, by docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html. */
function errorCode(status: Attempt['status']): string {
  if (status === 'role not assumed') return 'FAILED_TO_ASSUME_ROLE'
  if (status === 'no answer in 5 s') return 'TIMEOUT'
  if (status === 403) return 'NO_PERMISSIONS'
  return status === 429 ? 'THROTTLING' : 'ERROR_FROM_TARGET'
}
