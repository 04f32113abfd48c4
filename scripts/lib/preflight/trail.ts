// Does a trail make CloudTrail hand events to EventBridge? Looked at before a deploy makes one, or relies on one.
import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail'
import { postureRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { aws } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import type { Problem } from '../problem.ts'

export interface TrailState {
  readonly name: string
  readonly homeRegion: string
  /** What it lacks to be the one the guard can stand on; empty when it is. */
  readonly lacks: readonly string[]
}

/** `secondTrail`: the person knows of the other trail and wants ours beside it. */
export function trailProblems(
  settings: Settings,
  found: readonly TrailState[],
  { deployed, secondTrail }: { readonly deployed: boolean; readonly secondTrail: boolean },
): readonly Problem[] {
  const own = `${settings.name}-trail`
  const others = found.filter(({ name }) => name !== own)
  const fit = others.filter(({ lacks }) => lacks.length === 0)
  if (settings.trail === 'reuse') {
    if (fit.length > 0) return []
    const states = others.map(({ name, lacks }) => `${name} ${lacks.join(', ')}`)
    return [
      {
        what: `trail: reuse, but no other trail of the account will do${states.length > 0 ? `: ${states.join('; ')}` : ': there is none'}`,
        hint: 'put trail: create into root-guard.yaml, or make the trail multi-Region, logging, with management events, reads and writes',
      },
    ]
  }
  if (deployed) return []
  return [
    ...(found.length > others.length ? [leftover(own)] : []),
    ...(fit.length > 0 && !secondTrail ? [another(fit)] : []),
    ...tooMany(found),
  ]
}

/** Every trail that reaches Seoul, those of other Regions and of the organization included. */
export async function trails(): Promise<readonly TrailState[]> {
  const { trailList = [] } = await explaining('cloudtrail:DescribeTrails', () =>
    aws.cloudTrail(postureRegion).send(new DescribeTrailsCommand({})),
  )
  return Promise.all(
    trailList.map(async (trail) => {
      const { Name = '', HomeRegion = postureRegion } = trail
      return { name: Name, homeRegion: HomeRegion, lacks: await lacksOf(trail, HomeRegion) }
    }),
  )
}

/** What a trail lacks. Pure. An advanced selector without a word about reads takes both. */
export function lacking(
  { IsMultiRegionTrail }: Trail,
  isLogging: boolean,
  {
    EventSelectors = [],
    AdvancedEventSelectors = [],
  }: Pick<GetEventSelectorsCommandOutput, 'EventSelectors' | 'AdvancedEventSelectors'>,
): readonly string[] {
  const basic = EventSelectors.some(
    ({ IncludeManagementEvents, ReadWriteType }) =>
      IncludeManagementEvents !== false && (ReadWriteType ?? 'All') === 'All',
  )
  const advanced = AdvancedEventSelectors.some(
    ({ FieldSelectors = [] }) =>
      FieldSelectors.some(({ Field, Equals }) => Field === 'eventCategory' && Equals?.includes('Management')) &&
      !FieldSelectors.some(({ Field }) => Field === 'readOnly'),
  )
  return [
    ...(IsMultiRegionTrail ? [] : ['is of one Region']),
    ...(isLogging ? [] : ['is not logging']),
    ...(basic || advanced ? [] : ['does not take management events, reads and writes']),
  ]
}

async function lacksOf(trail: Trail, region: string): Promise<readonly string[]> {
  const { TrailARN = '' } = trail
  return explaining(
    'cloudtrail:GetTrailStatus, cloudtrail:GetEventSelectors',
    async () => {
      const { IsLogging } = await aws.cloudTrail(region).send(new GetTrailStatusCommand({ Name: TrailARN }))
      const selectors = await aws.cloudTrail(region).send(new GetEventSelectorsCommand({ TrailName: TrailARN }))
      return lacking(trail, IsLogging === true, selectors)
    },
    TrailARN,
  )
}

function another(fit: readonly TrailState[]): Problem {
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
