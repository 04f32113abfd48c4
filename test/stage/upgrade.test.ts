// A deploy over the release before, whose function was in us-east-1's own stack, while drills come in: its writes in the
// order in which test/aws/upgrade.test.ts sees them, each with drills answered before the next.
import {
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation'
import { GetFunctionCommand } from '@aws-sdk/client-lambda'
import * as assert from 'uvu/assert'
import type { EmulatedAws } from '../../scripts/rehearsal/aws.ts'
import { putEvent } from '../../scripts/rehearsal/event-bridge.ts'
import { playable } from '../../scripts/rehearsal/played.ts'
import { corpusRecord, happeningNow } from '../../scripts/rehearsal/records.ts'
import { deployStack, freshFunction, stackNames } from '../../scripts/rehearsal/stage.ts'
import { told } from '../handlers/notifier/guard.ts'
import { until } from '../until.ts'
import { bodiesBefore } from '../upgrade/before.ts'
import { stageSuite } from './stage-suite.ts'

const test = stageSuite('a deploy over the release before')
const patience = { maxWaitTime: 60, minDelay: 0.1, maxDelay: 1 }

test('loses no alert and sends none twice, wherever it stops and goes on', async (deployed) => {
  const { aws, settings, providers, templates } = deployed
  const bodyOf = (part: string) => templates.find(({ stackSet }) => stackSet.endsWith(part))?.body ?? ''
  await goBack(aws)
  await freshFunction(aws, settings, providers, {}, 'root-guard-notifier')

  const drills = drillsComeIn(aws)
  try {
    await drills.answered(2)
    await created(aws, playable(bodyOf('notifier')))
    // On AWS it finds the providers by itself.
    await freshFunction(aws, settings, providers)
    await drills.answered(2)
    for (const part of ['us-east-1', 'operations'] as const) {
      await updated(aws, stackNames[part], playable(bodyOf(part)))
      await drills.answered(2)
    }
  } finally {
    drills.stop()
  }
  const { count, statuses } = await drills.ended()

  assert.equal(statuses, Array(count).fill(202), 'what the API last answered to each')
  assert.equal(told(providers), { telegram: count, 'nhn-sms': count })
  const old = aws.lambda.send(new GetFunctionCommand({ FunctionName: 'root-guard-notifier' }))
  assert.is(
    await old.then(
      () => 'there',
      ({ name }: Error) => name,
    ),
    'ResourceNotFoundException',
  )
})

test.run()

async function created({ cloudFormation: client }: EmulatedAws, TemplateBody: string): Promise<void> {
  const of = { StackName: stackNames.notifier }
  await client.send(new CreateStackCommand({ ...of, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }))
  await waitUntilStackCreateComplete({ client, ...patience }, of)
}

async function updated(
  { cloudFormation: client }: EmulatedAws,
  StackName: string,
  TemplateBody: string,
): Promise<void> {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }))
  await waitUntilStackUpdateComplete({ client, ...patience }, { StackName })
}

/** The release before in place of this one. */
async function goBack(aws: EmulatedAws): Promise<void> {
  const before = bodiesBefore()
  const of = { StackName: stackNames.notifier }
  await aws.cloudFormation.send(new DeleteStackCommand(of))
  await waitUntilStackDeleteComplete({ client: aws.cloudFormation, ...patience }, of)
  for (const part of ['us-east-1', 'operations'] as const) {
    await deployStack(aws, stackNames[part], playable(before[`root-guard-${part}`] ?? ''))
  }
}

/** One a second, as root's sign-in without MFA. Of drills each is told by itself; root's own sign-ins would be gathered. */
function drillsComeIn(aws: EmulatedAws) {
  const { event } = corpusRecord('root-console-login-without-mfa')
  const passages: ReturnType<typeof putEvent>[] = []
  let ended = 0
  const timer = setInterval(() => {
    const passage = putEvent(aws, { ...happeningNow(event, '111122223333'), source: 'root-guard.drill' })
    const count = () => void ended++
    // A failure is for `ended` to throw.
    passage.then(count, count)
    passages.push(passage)
  }, 1_000)
  return {
    stop: () => clearInterval(timer),
    /** Waits until so many more have come to an end. */
    answered: (more: number) => {
      const enough = ended + more
      return until(
        () => ended >= enough,
        () => `${ended} of ${enough} drills came to an end`,
      )
    },
    ended: async () => {
      const all = await Promise.all(passages)
      const phones = all.flatMap(({ rules }) => rules.flatMap(({ targets }) => targets)).filter(toApi)
      return { count: passages.length, statuses: phones.map(({ attempts }) => attempts.at(-1)?.status) }
    },
  }
}

function toApi({ target }: { readonly target: string }): boolean {
  return target === 'phones'
}
