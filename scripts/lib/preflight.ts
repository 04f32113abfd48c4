// What is looked at before anything is written: what differs between a person's wish and the account is found here, all
// of it at once, and not by a stack that fails.
import { alarmRegion, postureRegion, type Settings } from '../../templates-src/config/schema.ts'
import { templateBodyLimit } from '../../templates-src/template.ts'
import { CommandError, type Notes } from './command.ts'
import { differences, type GeneratedFile, type StackSetTemplate, settingsFile } from './generated.ts'
import { bootstrapProblems } from './preflight/bootstrap.ts'
import { notificationHubProblems } from './preflight/notification-hub.ts'
import { guardsInAccount, otherGuardProblems } from './preflight/other-guard.ts'
import { accountSummary, quotaProblems } from './preflight/quotas.ts'
import { configState, recorderProblems } from './preflight/recorder.ts'
import { accountRegions, regionProblems } from './preflight/regions.ts'
import { roleProblems } from './preflight/roles.ts'
import { type Look, settled } from './preflight/settled.ts'
import { trailProblems, trails, trailWarnings } from './preflight/trail.ts'
import type { Problem } from './problem.ts'
import type { StackSetClient } from './stackset/client.ts'
import { quiet, unfinished } from './stackset/wait.ts'

/** What is deployed is what was reviewed: the files in generated/, which must be what their sources come to. */
export function reviewed(templates: readonly StackSetTemplate[]): void {
  reviewedFiles(templates.map(({ file }) => file))
  const large = templates.find(({ body }) => Buffer.byteLength(body) > templateBodyLimit)
  if (large !== undefined) {
    throw new CommandError(
      `${large.stackSet} is over ${templateBodyLimit} bytes`,
      'npm run generate says by how much',
      2,
    )
  }
}

/** The files on disk are what they should be. */
export function reviewedFiles(files: readonly GeneratedFile[]): void {
  const [difference] = differences(files)
  if (difference === undefined) return
  throw new CommandError(
    `${difference.path} is not what ${settingsFile} and templates-src come to`,
    'npm run generate, look at what it changed, commit it; nothing was deployed',
    2,
  )
}

/**
 * Throws a CommandError (exit 2) that names everything in the account that stands in the way of a deploy; answers what is
 * to be known and hinders no deploy. `bootstrap`: the template of the bootstrap's stack as it should be. What another
 * run is just making or deleting is not refused: it is waited for, and looked at again.
 */
export async function preflight(
  settings: Settings,
  templates: readonly StackSetTemplate[],
  client: StackSetClient,
  options: PreflightOptions,
  notes: Notes,
): Promise<readonly Problem[]> {
  const stackSets = templates.map(({ stackSet }) => stackSet)
  const { warnings } = await settled(() => look(settings, templates, client, options), {
    isBusy: () => isBusy(client, stackSets),
    untilQuiet: async () => {
      for (const stackSet of stackSets) await quiet(client, stackSet, notes)
    },
    notes,
  })
  return warnings
}

/** Whether an operation of one of the StackSets runs or is queued. */
export async function isBusy(client: StackSetClient, stackSets: readonly string[]): Promise<boolean> {
  return (await Promise.all(stackSets.map((one) => unfinished(client, one)))).flat().length > 0
}

export interface PreflightOptions {
  readonly bootstrap: string
  readonly secondTrail: boolean
}

/** Looks once, writes nothing, and answers what it found. Throws a CommandError where AWS refuses to be asked. */
export async function look(
  settings: Settings,
  templates: readonly StackSetTemplate[],
  client: StackSetClient,
  { bootstrap, secondTrail }: PreflightOptions,
): Promise<Look> {
  const [roles, olderBootstrap, found, config, guards, regions, summary, hub] = await Promise.all([
    roleProblems(settings),
    bootstrapProblems(settings, bootstrap),
    trails(settings),
    configState(),
    guardsInAccount(),
    accountRegions(),
    accountSummary(settings.homeRegion),
    notificationHubProblems(settings, client),
  ])
  // After the account: a StackSet lists an instance before its stack makes anything, so that what was found has its stack.
  const present = await Promise.all(templates.map((template) => presence(client, template)))
  const of = (part: string) => present.find(({ stackSet }) => stackSet === `${settings.name}-${part}`)
  const deployed = (of(postureRegion)?.stacks.length ?? 0) > 0
  // A deploy that was killed early has the notifier's alone.
  const hasStackSet = ['notifier', alarmRegion].some((part) => of(part)?.hasStackSet === true)
  const problems = [
    // Of roles that are wrong the bootstrap's stack is the cause, and it is mended alike.
    ...(roles.length > 0 ? roles : olderBootstrap),
    ...regionProblems('relayRegions', templates.at(-1)?.regions ?? [], regions),
    ...regionProblems('homeRegion', [settings.homeRegion], regions),
    ...otherGuardProblems(settings, guards, { hasStackSet }),
    ...trailProblems(settings, found, { deployed, secondTrail }),
    ...recorderProblems(settings, config, { deployed }),
    ...quotaProblems(present, summary),
    ...hub,
  ]
  return {
    problems,
    warnings: trailWarnings(settings, found, { deployed, secondTrail }),
    stacks: present.flatMap(({ stackSet, hasStackSet, stacks }) =>
      [...(hasStackSet ? ['the StackSet'] : []), ...stacks].map((what) => `${stackSet}: ${what}`),
    ),
  }
}

interface Presence {
  readonly stackSet: string
  readonly body: string
  readonly hasStackSet: boolean
  /** Regions that have its stack already. */
  readonly stacks: readonly string[]
  /** Regions in which a deploy makes one. */
  readonly missing: readonly string[]
}

async function presence(client: StackSetClient, { stackSet, body, regions }: StackSetTemplate): Promise<Presence> {
  const hasStackSet = (await client.describe(stackSet)) !== undefined
  const stacks = hasStackSet ? (await client.instances(stackSet)).map(({ region }) => region) : []
  return { stackSet, body, hasStackSet, stacks, missing: regions.filter((region) => !stacks.includes(region)) }
}
