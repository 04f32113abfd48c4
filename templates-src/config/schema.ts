// What root-guard.yaml may say. The same schema validates the file, types the settings and becomes the JSON Schema that
// editors complete from (generated/root-guard.schema.json).
import * as v from 'valibot'
import type { ChannelName, Locale } from '../../handlers/notifier/settings.ts'
import { emailList } from './email.ts'
import { watchSettings } from './watch.ts'

const channelNames = [
  'telegram',
  'nhn-sms',
  'solapi-sms',
  'nhn-alimtalk',
  'solapi-alimtalk',
  'slack',
  'discord',
] as const satisfies readonly ChannelName[]
const locales = ['ko', 'en'] as const satisfies readonly Locale[]

export type { ChannelName } from '../../handlers/notifier/settings.ts'

/** The Region of the alarm (root console sign-ins are recorded there) and the Region of the posture. */
export const alarmRegion = 'us-east-1'
export const postureRegion = 'ap-northeast-2'

const region = v.pipe(
  v.string(),
  v.regex(
    /^(?!cn-|us-gov-|us-iso)[a-z]{2}(-[a-z]+)+-\d$/,
    "a Region's code, as ap-northeast-2, not of China or GovCloud",
  ),
  v.description("An AWS Region's code, as ap-northeast-2."),
)

const relayRegion = v.pipe(
  region,
  v.check(
    (code) => code !== alarmRegion && code !== postureRegion,
    `a further Region: ${alarmRegion} and ${postureRegion} are always covered`,
  ),
)

const route = v.pipe(
  v.array(v.picklist(channelNames)),
  v.minLength(1, `at least one channel: ${channelNames.join(', ')}`),
  v.check((names) => new Set(names).size === names.length, 'each channel at most once in a route'),
  v.description('Channels in order: the next one is tried when the one before did not accept.'),
)

const routeName = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{0,31}$/, "a route's name: small letters, digits and hyphens, at most 32, a letter first"),
)

const gitHubName = (description: string) =>
  v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/, 'a name without spaces or stars, as GitHub has it'),
    v.description(description),
  )

/** Repositories from July 2026 on are named by their ids, too, so that a name taken over gets nobody in. */
const gitHubId = (command: string) =>
  v.pipe(
    v.string('digits in quotes'),
    v.regex(/^\d+$/, `digits in quotes: ${command}`),
    v.description(`The numeric id, in quotes: ${command}`),
  )

export const settingsSchema = v.strictObject({
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z][a-z0-9-]{1,19}$/, 'small letters, digits and hyphens, 2 to 20, a letter first'),
    v.description('Prefix of the StackSets and of every resource that has a name; it also opens every message.'),
  ),
  account: v.pipe(
    v.string('twelve digits in quotes (without them a leading zero is lost), as "111122223333"'),
    v.regex(/^\d{12}$/, 'twelve digits in quotes, as "111122223333"'),
    v.description('The AWS account to guard. A deploy with credentials of another account is refused.'),
  ),
  homeRegion: v.optional(v.pipe(region, v.description('The Region the StackSets themselves live in.')), postureRegion),
  emails: v.pipe(
    emailList,
    v.description('Told by Amazon SNS, without any code of ours between. Each must confirm its subscription.'),
  ),
  locale: v.pipe(v.picklist(locales), v.description('The language of the messages.')),
  timeZone: v.pipe(
    v.string(),
    v.check(isTimeZone, 'an IANA time zone, as Asia/Seoul'),
    v.description('The IANA time zone of the times in the messages, as Asia/Seoul.'),
  ),
  routes: v.pipe(
    v.record(routeName, route),
    v.check((routes) => Object.keys(routes).length > 0, 'at least one route'),
    v.description(
      'Routes run side by side; inside a route the channels are tried in order until one accepts. AlimTalk reaches ' +
        'only phones with KakaoTalk: put an SMS behind it, as [nhn-alimtalk, nhn-sms].',
    ),
  ),
  sms: v.optional(
    v.strictObject({
      long: v.optional(
        v.pipe(
          v.boolean('true or false'),
          v.description('LMS instead of SMS: every detail, at the price of a long message (about three times).'),
        ),
        false,
      ),
      dailyCap: v.optional(
        v.pipe(
          v.number(),
          v.integer('a whole number of messages'),
          v.minValue(1, 'at least 1 message'),
          v.maxValue(1000, 'at most 1000 messages'),
          v.description('How many SMS or LMS a day may go out at most; past it the other channels carry on.'),
        ),
        100,
      ),
    }),
    {},
  ),
  trail: v.optional(
    v.pipe(
      v.picklist(['create', 'reuse']),
      v.description(
        'reuse: the account already has a multi-Region trail that logs management events, reads and writes.',
      ),
    ),
    'create',
  ),
  recorder: v.optional(
    v.pipe(
      v.picklist(['create', 'reuse']),
      v.description('reuse: AWS Config already records in ap-northeast-2 (an account can have one recorder a Region).'),
    ),
    'create',
  ),
  relayRegions: v.optional(
    v.pipe(
      v.union(
        [
          v.literal('all-enabled'),
          v.pipe(
            v.array(relayRegion),
            v.check((list) => new Set(list).size === list.length, 'each Region once'),
          ),
        ],
        'all-enabled, or a list of Regions',
      ),
      v.description(
        'Further Regions whose root activity is relayed to us-east-1: a list, or all-enabled for those the account has.',
      ),
    ),
    [],
  ),
  ...watchSettings,
  retention: v.optional(
    v.strictObject({
      logDays: v.optional(
        v.pipe(
          v.number(),
          v.integer('a whole number of days'),
          v.minValue(30, 'at least 30 days'),
          v.maxValue(36_500, 'at most 36500 days'),
          v.description('How long the trail and Config logs stay in their buckets.'),
        ),
        2557,
      ),
    }),
    {},
  ),
  stackSets: v.optional(
    v.strictObject({
      roles: v.optional(
        v.pipe(
          v.picklist(['aws-default', 'bootstrap']),
          v.description(
            'aws-default: AWSCloudFormationStackSetAdministrationRole and …ExecutionRole. bootstrap: the narrower ones that npm run bootstrap makes.',
          ),
        ),
        'aws-default',
      ),
      failureTolerance: v.optional(
        v.pipe(
          v.number(),
          v.integer('a whole number'),
          v.minValue(0, 'at least 0'),
          v.maxValue(10, 'at most 10'),
          v.description(
            'In how many accounts of a Region an operation may fail before AWS stops it; a deploy reports every failure all the same.',
          ),
        ),
        0,
      ),
    }),
  ),
  github: v.optional(
    v.strictObject({
      owner: gitHubName("The repository's owner, as in github.com/OWNER/REPOSITORY."),
      repository: gitHubName("The repository's name."),
      ownerId: gitHubId('gh api repos/OWNER/REPOSITORY --jq .owner.id'),
      repositoryId: gitHubId('gh api repos/OWNER/REPOSITORY --jq .id'),
      branch: v.optional(gitHubName('The branch that is deployed, on which schedules run, too.'), 'main'),
      environment: v.optional(gitHubName('The environment that guards the deploy.'), 'production'),
      oidcProvider: v.optional(
        v.pipe(
          v.picklist(['create', 'reuse']),
          v.description('reuse: the account already trusts token.actions.githubusercontent.com (it can do so once).'),
        ),
        'create',
      ),
    }),
  ),
})

export type Settings = v.InferOutput<typeof settingsSchema>

/** The channels of all routes, each once. */
export function channelsOf({ routes }: Pick<Settings, 'routes'>): readonly ChannelName[] {
  return [...new Set(Object.values(routes).flat())]
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}
