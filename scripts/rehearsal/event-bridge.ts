// The hop that the emulator does not make: from an event to a rule to its targets, as EventBridge makes it. Rules,
// patterns, targets, roles and dead letters are read back from what was deployed; the emulator's TestEventPattern decides.
import { setTimeout as pause } from 'node:timers/promises'
import {
  DescribeRuleCommand,
  type DescribeRuleCommandOutput,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge'
import { PublishCommand } from '@aws-sdk/client-sns'
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { AwsClient } from 'aws4fetch'
import type { EmulatedAws } from './aws.ts'
import { transformed } from './input-transformer.ts'
import { whySilent } from './why-silent.ts'

export type Event = Readonly<Record<string, unknown>>

/** The way of one event, as far as it went. */
export interface Passage {
  /** Why no rule took it; '' when one did. */
  readonly silent: string
  readonly rule: string
  readonly targets: readonly TargetPassage[]
}

export interface TargetPassage {
  readonly target: string
  readonly attempts: readonly Attempt[]
  /** Where it was put when no try succeeded; '' otherwise. */
  readonly deadLetters: string
}

export interface Attempt {
  readonly status: number | 'no answer in 5 s'
  readonly ms: number
  /** What the target answered, or the text that was published. */
  readonly body: string
}

/** EventBridge waits this long for an API. */
const answerWithinMs = 5_000
/** EventBridge retries for a day, in growing steps with jitter; here the day is four tries in about two seconds. */
const tries = 4
const firstPauseMs = 250

/** Sends the event to the default bus. `between` is called between the tries of a target, to change the world meanwhile. */
export async function putEvent(aws: EmulatedAws, event: Event, between = () => {}): Promise<Passage> {
  const rules = await deployedRules(aws)
  const reasons: string[] = []
  for (const rule of rules) {
    const silent = await whyRuleIsSilent(aws, rule, event)
    if (silent === '') {
      const { Targets = [] } = await aws.eventBridge.send(new ListTargetsByRuleCommand({ Rule: rule.Name }))
      const targets = await Promise.all(Targets.map((target) => invoke(aws, rule, target, event, between)))
      return { silent: '', rule: rule.Name ?? '', targets }
    }
    reasons.push(`${rule.Name}: ${silent}`)
  }
  return { silent: reasons.join('; ') || 'no rule is deployed', rule: '', targets: [] }
}

async function deployedRules(aws: EmulatedAws): Promise<readonly DescribeRuleCommandOutput[]> {
  const { Rules = [] } = await aws.eventBridge.send(new ListRulesCommand({}))
  return Promise.all(Rules.map(({ Name }) => aws.eventBridge.send(new DescribeRuleCommand({ Name }))))
}

async function whyRuleIsSilent(aws: EmulatedAws, rule: DescribeRuleCommandOutput, event: Event): Promise<string> {
  const { State = '', EventPattern = '{}' } = rule
  if (State === 'DISABLED') return 'the rule is disabled'
  const { Result } = await aws.eventBridge.send(
    new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(event) }),
  )
  if (!Result) return whySilent(JSON.parse(EventPattern) as Event, event)
  const { readOnly } = (event.detail ?? {}) as { readOnly?: unknown }
  // A rule that is just ENABLED is not shown read-only management events.
  const hidden = State === 'ENABLED' && (readOnly === true || readOnly === 'true')
  return hidden ? 'the rule is ENABLED, which leaves out read-only calls' : ''
}

async function invoke(
  aws: EmulatedAws,
  rule: DescribeRuleCommandOutput,
  target: Target,
  event: Event,
  between: () => void,
): Promise<TargetPassage> {
  const attempts: Attempt[] = []
  for (let n = 0; n < tries; n++) {
    if (n > 0) {
      between()
      await pause(firstPauseMs * 2 ** (n - 1))
    }
    const attempt = await attemptAt(aws, target, event)
    attempts.push(attempt)
    if (!worthRetrying(attempt.status)) break
  }
  const last = attempts.at(-1)
  const arrived = typeof last?.status === 'number' && last.status < 300
  const deadLetters = arrived || last === undefined ? '' : await bury(aws, rule, target, event, attempts.length, last)
  return { target: target.Id ?? '', attempts, deadLetters }
}

/** 5xx, 429 and no answer are tried again; any other refusal is final. */
function worthRetrying(status: Attempt['status']): boolean {
  return typeof status !== 'number' || status >= 500 || status === 429
}

function attemptAt(aws: EmulatedAws, target: Target, event: Event): Promise<Attempt> {
  const [, , service = ''] = (target.Arn ?? '').split(':')
  if (service === 'execute-api') return postToApi(aws, target, event)
  if (service === 'sns') return publish(aws, target, event)
  throw new Error(`the rehearsal has no way to a target of the service ${service}`)
}

/** Signed with credentials of the target's role, as EventBridge signs it. */
async function postToApi(aws: EmulatedAws, target: Target, event: Event): Promise<Attempt> {
  const { Credentials } = await aws.sts.send(
    new AssumeRoleCommand({ RoleArn: target.RoleArn, RoleSessionName: 'eventbridge' }),
  )
  const client = new AwsClient({
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
    service: 'execute-api',
    region: 'us-east-1',
  })
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

async function publish(aws: EmulatedAws, target: Target, event: Event): Promise<Attempt> {
  const started = performance.now()
  const body = transformed(target.InputTransformer, event)
  await aws.sns.send(new PublishCommand({ TopicArn: target.Arn, Message: body }))
  return { status: 200, body, ms: Math.round(performance.now() - started) }
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
    ERROR_CODE: worthRetrying(last.status) ? 'RETRY_ATTEMPTS_EXHAUSTED' : 'INVALID_REQUEST',
    ERROR_MESSAGE: String(last.status),
    RETRY_ATTEMPTS: String(attempts - 1),
  }
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  )
  await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event), MessageAttributes }))
  return queue
}
