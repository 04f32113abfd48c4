// User Notifications keeps one hub a Region, at most three an account, and deregisters no account's last one: the hub that
// an earlier guard registered is still there, and a stack that registers it again may fail.
import { alarmRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { aws } from '../aws.ts'
import { CommandError } from '../command.ts'
import { signedFetch } from '../drill/signed-fetch.ts'
import { deployedResources } from '../live/stack.ts'
import type { Problem } from '../problem.ts'
import type { StackSetClient } from '../stackset/client.ts'
import { observe } from '../stackset/converge.ts'
import { instanceVerdict } from '../stackset/verdict.ts'

/** Pure. `hubs`: the Regions that have one. `isOwn`: a stack of the guard holds the one in us-east-1. */
export function hubProblems(
  { userNotifications: wanted }: Pick<Settings, 'userNotifications'>,
  hubs: readonly string[],
  { isOwn }: { readonly isOwn: boolean },
): readonly Problem[] {
  if (wanted === undefined || isOwn) return []
  if (wanted.hub === 'reuse') return hubs.length > 0 ? [] : [none]
  if (hubs.includes(alarmRegion)) return [taken(alarmRegion)]
  return hubs.length >= mostHubs ? [tooMany(hubs)] : []
}

/** What stands in the way of the hub; AWS is asked only where User Notifications is configured. */
export async function notificationHubProblems(settings: Settings, client: StackSetClient): Promise<readonly Problem[]> {
  if (settings.userNotifications === undefined) return []
  const hubs = await notificationHubs()
  return hubProblems(settings, hubs, { isOwn: await hasHub(client, `${settings.name}-operations`) })
}

const mostHubs = 3

const none: Problem = {
  what: 'userNotifications: {hub: reuse}, but the account has no notification hub',
  hint: 'write hub: create under userNotifications in root-guard.yaml',
}

function taken(region: string): Problem {
  return {
    what: `userNotifications: {hub: create}, but ${region} already has a notification hub, which no stack of this guard holds`,
    hint: 'write hub: reuse under userNotifications in root-guard.yaml',
  }
}

function tooMany(hubs: readonly string[]): Problem {
  return {
    what: `userNotifications: {hub: create}, but the account has notification hubs in ${hubs.join(', ')}, and an account takes ${mostHubs}`,
    hint: 'write hub: reuse under userNotifications in root-guard.yaml',
  }
}

/** A stack whose creation failed holds none: it left the hub in the account. */
async function hasHub(client: StackSetClient, stackSet: string): Promise<boolean> {
  const { instances } = await observe(client, stackSet)
  const stacks = instances.filter((one) => one.stackId !== '' && instanceVerdict(one) !== 'half-made')
  const resources = await Promise.all(stacks.map(deployedResources))
  return resources.flatMap((one) => one ?? []).some(({ type }) => type === 'AWS::Notifications::NotificationHub')
}

/** The Regions with a hub that is there or is being registered. The service answers in us-east-1 alone. */
async function notificationHubs(): Promise<readonly string[]> {
  const action = 'notifications:ListNotificationHubs'
  const endpoint = process.env.AWS_ENDPOINT_URL ?? `https://notifications.${alarmRegion}.api.aws`
  const credentials = () => aws.sts(alarmRegion).config.credentials()
  const { status, text } = await signedFetch(
    `${endpoint}/notification-hubs`,
    { method: 'GET' },
    credentials,
    answerWithinMs,
    'notifications',
  )
  if (status !== 200) {
    throw new CommandError(
      `${action}: ${status === undefined ? text : `${status} ${text.slice(0, 300)}`}`,
      status === 403
        ? `the credentials in use need ${action}; an older bootstrap gave the role of deploys no right to it: npm run bootstrap, as an administrator`
        : 'run the command again; nothing was written',
    )
  }
  return hubRegions(text)
}

const answerWithinMs = 20_000

/** Pure. Of an answer of another form nothing is known, and the deploy is not to guess. */
export function hubRegions(answer: string): readonly string[] {
  try {
    const { notificationHubs } = JSON.parse(answer) as { notificationHubs: readonly Hub[] }
    const hubs = notificationHubs.map(({ notificationHubRegion: region, statusSummary: { status } }) => {
      if (!isText(region) || !isText(status)) throw new TypeError('a hub without Region or status')
      return { region, status }
    })
    return hubs.filter(({ status }) => ['ACTIVE', 'REGISTERING'].includes(status)).map(({ region }) => region)
  } catch {
    throw new CommandError(
      `notifications:ListNotificationHubs: the answer is not a list of hubs: ${answer.slice(0, 300)}`,
      'run the command again; nothing was written',
    )
  }
}

interface Hub {
  readonly notificationHubRegion: unknown
  readonly statusSummary: { readonly status: unknown }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
