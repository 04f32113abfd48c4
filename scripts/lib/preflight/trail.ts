// Does a trail make CloudTrail hand events to EventBridge? Looked at before a deploy makes one, or relies on one.
import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail'
import { postureRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { aws } from '../aws.ts'
import { awsFailure, explaining } from '../aws-failure.ts'
import type { Problem } from '../problem.ts'
import { leftOut, type Selectors, takesNone } from './trail-selectors.ts'

export interface TrailState {
  readonly name: string
  readonly homeRegion: string
  /** What it lacks to be the one the guard can stand on; empty when nothing was found that it lacks. */
  readonly lacks: readonly string[]
  /** The account that it is of; '' where AWS does not say. */
  readonly account: string
  readonly isOrganizations: boolean
  /** What could not be read of it, so that it may lack more than was found. */
  readonly unread?: Unread
  /** It logs management events of all Regions, though perhaps not all of them: another trail makes a copy that is billed. */
  readonly isFirstCopy: boolean
}

export interface Unread {
  /** As `its event selectors`. */
  readonly what: string
  /** AWS's own words. */
  readonly why: string
  readonly hint: string
  /** AWS answers this to an account that the trail is not of, today as tomorrow; a look that failed may go well the next time. */
  readonly isRefused: boolean
}

/** What AWS answered of a trail, or why it did not. */
export type Look<Answer> = { readonly answer: Answer } | { readonly unread: Unread }

/** `fit`: the guard can stand on it. `unfit`: it lacks something. `unknown`: something could not be read, and nothing else is lacking. */
export function fitness({ lacks, unread }: TrailState): 'fit' | 'unfit' | 'unknown' {
  if (lacks.length > 0) return 'unfit'
  return unread === undefined ? 'fit' : 'unknown'
}

/** `secondTrail`: the person knows of the other trail and wants ours as well. */
export function trailProblems(
  settings: Settings,
  found: readonly TrailState[],
  { deployed, secondTrail }: Known,
): readonly Problem[] {
  const others = othersOf(settings, found)
  if (settings.trail === 'reuse') {
    if (others.some((one) => fitness(one) !== 'unfit')) return []
    const states = others.map((one) => `${placed(one)} ${one.lacks.join(', ')}`)
    return [
      {
        what: `trail: reuse, but no other trail of the account will do${states.length > 0 ? `: ${states.join('; ')}` : ': there is none'}`,
        hint: 'put trail: create into root-guard.yaml, or make the trail multi-Region, logging, with all management events, reads and writes of every service',
      },
    ]
  }
  if (deployed) return []
  const copied = others.filter((one) => fitness(one) === 'fit' || one.isFirstCopy)
  return [
    ...(found.length > others.length ? [leftover(`${settings.name}-trail`)] : []),
    ...(copied.length > 0 && !secondTrail ? [another(copied)] : []),
    ...tooMany(found),
  ]
}

/** What is to be known before a deploy goes on: a trail that nobody can judge from this account is no reason to stop. */
export function trailWarnings(settings: Settings, found: readonly TrailState[], known: Known): readonly Problem[] {
  if (settings.trail === 'reuse') return unknownTrails(settings, found).map(reliesOn)
  if (known.deployed || known.secondTrail) return []
  return othersOf(settings, found)
    .filter((one) => fitness(one) === 'unknown')
    .map(perhapsBilled)
}

/** With `trail: reuse`: the trails that it may rely on and that cannot be judged; none where another one is fit. */
export function unknownTrails(settings: Settings, found: readonly TrailState[]): readonly TrailState[] {
  const others = othersOf(settings, found)
  if (settings.trail !== 'reuse' || others.some((one) => fitness(one) === 'fit')) return []
  return others.filter((one) => fitness(one) === 'unknown')
}

/** What cannot be read of a trail, and AWS's words for it. */
export function unreadText({ unread }: TrailState): string {
  return unread === undefined ? '' : `${unread.what} cannot be read from this account (${unread.why})`
}

/** What to do about a trail that `trail: reuse` relies on and that cannot be judged. */
export function hintOfUnknown({ account, unread }: TrailState): string {
  if (unread?.isRefused !== true) return unread?.hint ?? ''
  return `npm run drill -- --through-cloudtrail shows whether it hands on a read; ask the administrator of account ${account} whether it takes all management events, reads and writes, KMS's too; or put trail: create into root-guard.yaml`
}

interface Known {
  readonly deployed: boolean
  readonly secondTrail: boolean
}

/** Every trail that reaches Seoul, those of other Regions and of the organization included. */
export async function trails({ account }: Pick<Settings, 'account'>): Promise<readonly TrailState[]> {
  const { trailList = [] } = await explaining('cloudtrail:DescribeTrails', () =>
    aws.cloudTrail(postureRegion).send(new DescribeTrailsCommand({})),
  )
  return Promise.all(
    trailList.map(async (trail) => {
      const { TrailARN = '' } = trail
      const { homeRegion, account: owner } = placeOf(trail)
      // A trail of another Region is asked about where it was made, by its ARN: its name is not known elsewhere.
      const client = aws.cloudTrail(homeRegion)
      const isOthers = owner !== '' && owner !== account
      const [isLogging, selectors] = await Promise.all([
        looked('whether it is logging', 'cloudtrail:GetTrailStatus', isOthers, async () => {
          return (await client.send(new GetTrailStatusCommand({ Name: TrailARN }))).IsLogging === true
        }),
        looked('its event selectors', 'cloudtrail:GetEventSelectors', isOthers, () =>
          client.send(new GetEventSelectorsCommand({ TrailName: TrailARN })),
        ),
      ])
      return judgedTrail(trail, isLogging, selectors)
    }),
  )
}

/** What a trail is to the guard, by what AWS answered of it. Pure. */
export function judgedTrail(trail: Trail, isLogging: Look<boolean>, selectors: Look<Selectors>): TrailState {
  const { Name = '', IsOrganizationTrail, IsMultiRegionTrail } = trail
  const left = 'answer' in selectors ? leftOut(selectors.answer) : []
  const lacks = [...lacksOf(trail, 'unread' in isLogging || isLogging.answer), ...left]
  const unread = [isLogging, selectors].flatMap((look) => ('unread' in look ? [look.unread] : []))
  const takesSome = 'answer' in selectors && !left.includes(takesNone)
  return {
    name: Name,
    ...placeOf(trail),
    lacks,
    isOrganizations: IsOrganizationTrail === true,
    isFirstCopy: IsMultiRegionTrail === true && 'answer' in isLogging && isLogging.answer && takesSome,
    ...(unread.length === 0 ? {} : { unread: joined(unread) }),
  }
}

function lacksOf({ IsMultiRegionTrail, IncludeGlobalServiceEvents }: Trail, isLogging: boolean): readonly string[] {
  return [
    ...(IsMultiRegionTrail ? [] : ['is of one Region']),
    ...(IncludeGlobalServiceEvents === false
      ? ['leaves out events of global services, as of IAM and of sign-ins']
      : []),
    ...(isLogging ? [] : ['is not logging']),
  ]
}

async function looked<Answer>(
  what: string,
  action: string,
  isOthers: boolean,
  look: () => Promise<Answer>,
): Promise<Look<Answer>> {
  try {
    return { answer: await look() }
  } catch (error) {
    const { message, hint } = awsFailure(error, action)
    return { unread: { what, why: message, hint, isRefused: isOthers && isRefusal(error) } }
  }
}

/** AWS understood the question and will not answer it; a throttled one, or one that did not arrive, is asked again. */
function isRefusal(error: unknown): boolean {
  const { name, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } }
  const status = $metadata?.httpStatusCode ?? 0
  return status >= 400 && status < 500 && !/Throttl|TooManyRequests|Expired/.test(name)
}

function joined(all: readonly Unread[]): Unread {
  return {
    what: all.map(({ what }) => what).join(' and '),
    why: all.map(({ why }) => why).join('; '),
    hint: [...new Set(all.map(({ hint }) => hint))].join('; '),
    isRefused: all.every(({ isRefused }) => isRefused),
  }
}

/** `arn:aws:cloudtrail:us-east-1:111122223333:trail/name` says what a trail of another account leaves unsaid. */
function placeOf({ HomeRegion, TrailARN = '' }: Trail): { readonly homeRegion: string; readonly account: string } {
  const [, , , region = '', account = ''] = TrailARN.split(':')
  return { homeRegion: HomeRegion ?? (region || postureRegion), account }
}

/** A trail of the guard's name that another account has is not the guard's own here. */
function othersOf({ name, account }: Settings, found: readonly TrailState[]): readonly TrailState[] {
  return found.filter((one) => one.name !== `${name}-trail` || (one.account || account) !== account)
}

function placed({ name, isOrganizations, account, unread, homeRegion }: TrailState): string {
  if (!isOrganizations && unread === undefined) return name
  const owner = account === '' ? '' : ` of account ${account}`
  return `${name} (${isOrganizations ? "an organization's, " : ''}in ${homeRegion}${owner})`
}

function reliesOn(trail: TrailState): Problem {
  return {
    what: `trail: reuse relies on ${placed(trail)}, and whether it is fit is not known: ${unreadText(trail)}`,
    hint: hintOfUnknown(trail),
  }
}

function perhapsBilled(trail: TrailState): Problem {
  return {
    what: `the account also has the trail ${placed(trail)}: ${unreadText(trail)}; if it takes management events, the guard's own trail is a second copy of them, which is billed`,
    hint: 'leave it so, or, where that trail takes all management events, put trail: reuse into root-guard.yaml: docs/runbooks.md, «Moving to an organization»',
  }
}

function another(copied: readonly TrailState[]): Problem {
  const fit = copied.filter((one) => fitness(one) === 'fit')
  if (fit.length === 0) {
    const states = copied.map((one) => `${one.name} (${one.homeRegion}) ${one.lacks.join(', ')}`)
    return {
      what: `the account already has a multi-Region trail with management events, which trail: reuse cannot rely on: ${states.join('; ')}; a second one is billed`,
      hint: 'have it take all management events and put trail: reuse into root-guard.yaml, or say npm run deploy -- --second-trail',
    }
  }
  return {
    what: `the account already has a multi-Region trail with management events: ${fit.map(({ name, homeRegion }) => `${name} (${homeRegion})`).join(', ')}; a second one is billed`,
    hint: 'put trail: reuse into root-guard.yaml, or say npm run deploy -- --second-trail',
  }
}

function leftover(own: string): Problem {
  return {
    what: `${postureRegion} already has the trail ${own}, which no stack of this guard made`,
    hint: `delete it (aws cloudtrail delete-trail --region ${postureRegion} --name ${own}), or choose another name in root-guard.yaml`,
  }
}

const mostTrails = 5

function tooMany(found: readonly TrailState[]): readonly Problem[] {
  const here = found.filter(({ homeRegion }) => homeRegion === postureRegion)
  if (here.length < mostTrails) return []
  return [
    {
      what: `${postureRegion} has ${here.length} trails, and a Region takes ${mostTrails}`,
      hint: 'delete one, or put trail: reuse into root-guard.yaml',
    },
  ]
}
