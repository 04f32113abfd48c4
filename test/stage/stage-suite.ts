// A suite on the rehearsal's stage: one emulator, on which the guard is deployed anew for each test, with nothing wrong with it.

import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs'
import { suite } from 'uvu'
import { bootstrapFile, type StackSetTemplate, stackSetTemplates } from '../../scripts/lib/generated.ts'
import type { EmulatedAws } from '../../scripts/rehearsal/aws.ts'
import { judgeable } from '../../scripts/rehearsal/judged.ts'
import { startMiniStack } from '../../scripts/rehearsal/ministack.ts'
import {
  alertsUrl,
  deployStack,
  deployTemplates,
  freshFunction,
  type Providers,
  putSecrets,
  startProviders,
} from '../../scripts/rehearsal/stage.ts'
import { loadSettings } from '../../templates-src/config/load.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { orEnd } from '../or-end.ts'
import { github } from '../templates-src/references.ts'
import { type Bus, openBus } from './bus.ts'

/** The stage with a guard on it. */
export interface Deployed {
  readonly bus: Bus
  readonly aws: EmulatedAws
  readonly providers: Providers
  readonly settings: Settings
  /** What is deployed. */
  readonly templates: readonly StackSetTemplate[]
  /** A folder with the settings, whose commands have the credentials of the drill's role. */
  readonly repository: Checkout
  /** Where the API is, as `--url` takes it. */
  readonly url: string
  /** How many mails the alerts' topic sent out. */
  readonly mails: () => Promise<number>
}

interface Theatre {
  readonly bus: Bus
  readonly providers: Providers
  readonly settings: Settings
  readonly templates: readonly StackSetTemplate[]
  readonly stop: () => void
}

/** `test(name, body)` and `test.run()`, as uvu's. */
export function stageSuite(title: string) {
  const all = suite<Theatre>(title)
  all.before(async (context) => {
    Object.assign(context, await orEnd(openTheatre))
  })
  all.after(async ({ bus, providers, stop }) => {
    await bus.close()
    for (const provider of new Set(Object.values(providers))) await provider.close()
    stop()
  })
  function test(name: string, body: (deployed: Deployed) => Promise<void>): void {
    all(name, async (theatre) => {
      const deployed = await deploy(theatre)
      try {
        await body(deployed)
        await theatre.bus.quiet()
      } finally {
        deployed.repository.remove()
      }
    })
  }
  return Object.assign(test, { run: all.run })
}

async function openTheatre(): Promise<Theatre> {
  const settings = { ...loadSettings('test/root-guard.yaml'), github }
  const { endpoint, up, stop } = await startMiniStack(settings.account, {
    note: (line) => process.stderr.write(`${line}\n`),
  })
  await up
  const bus = await openBus(endpoint, settings.account)
  return { bus, settings, templates: await stackSetTemplates(settings), providers: await startProviders(), stop }
}

async function deploy({ bus, providers, settings, templates }: Theatre): Promise<Deployed> {
  const { aws, loses } = bus
  // What a test that failed has left under way, and that it was told of.
  await bus.quiet().catch(() => {})
  loses.clear()
  await deployTemplates(aws, templates)
  await deployStack(
    aws,
    'around-the-guard',
    JSON.stringify({ Resources: { ...callers(settings), ...mailbox(settings) } }),
  )
  await putSecrets(aws, settings)
  await freshFunction(aws, settings, providers)
  for (const provider of Object.values(providers)) {
    provider.clear()
    provider.mood = 'ok'
  }
  const { pathname } = new URL(await alertsUrl(aws))
  return {
    bus,
    aws,
    providers,
    settings,
    templates,
    mails: () => mailsIn(aws),
    repository: checkout(await bus.sessionOf('root-guard-drill')),
    url: `${bus.endpoint}${pathname}`,
  }
}

/** The drill's role as the bootstrap makes it, and an administrator's. The account lets itself in: nobody here signs GitHub's tokens. */
function callers(settings: Settings): object {
  const { Resources } = JSON.parse(bootstrapFile(settings).body) as { Resources: { DrillRole: RoleResource } }
  const { DrillRole } = Resources
  const own = { AWS: `arn:aws:iam::${settings.account}:root` }
  const AssumeRolePolicyDocument = policyOf({ Effect: 'Allow', Principal: own, Action: 'sts:AssumeRole' })
  return {
    DrillRole: judgeable({ ...DrillRole, Properties: { ...DrillRole.Properties, AssumeRolePolicyDocument } }),
    Administrator: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'administrator',
        AssumeRolePolicyDocument,
        Policies: [
          { PolicyName: 'everything', PolicyDocument: policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }) },
        ],
      },
    },
  }
}

interface RoleResource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

function policyOf(...Statement: readonly object[]) {
  return { Version: '2012-10-17', Statement }
}

/** A queue in the place of who reads the mail. */
function mailbox({ account }: Settings): object {
  const topic = `arn:aws:sns:us-east-1:${account}:root-guard-alerts`
  const queue = `arn:aws:sqs:us-east-1:${account}:mailbox`
  const fromTopic = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue,
    Condition: { ArnEquals: { 'aws:SourceArn': topic } },
  }
  return {
    Mailbox: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mailbox' } },
    MailboxPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Mailbox' }], PolicyDocument: policyOf(fromTopic) },
    },
    Mails: {
      Type: 'AWS::SNS::Subscription',
      DependsOn: 'MailboxPolicy',
      Properties: { TopicArn: topic, Protocol: 'sqs', Endpoint: queue },
    },
  }
}

async function mailsIn({ sqs }: EmulatedAws): Promise<number> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'mailbox' }))
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] })
  return Number((await sqs.send(asked)).Attributes?.ApproximateNumberOfMessages)
}
