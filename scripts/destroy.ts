// Takes the guard out of the account: StackSets and their stacks. Logs and secrets stay unless told otherwise in words.
import { loadSettings } from '../templates-src/config/load.ts'
import { alarmRegion, postureRegion, type Settings } from '../templates-src/config/schema.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { type Attempt, attempt, type Refusal, refusalsOf, refusalText, resultsOf } from './lib/attempt.ts'
import { bootstrapStack } from './lib/bootstrap.ts'
import { CommandError, fenced, main, type Outcome } from './lib/command.ts'
import { type Inventory, inventory } from './lib/destroy/inventory.ts'
import { recorderIsOff, removeBucket, removeParameters, removeStackSet, stopRecorder } from './lib/destroy/removal.ts'
import { settingsFile, stackSetTemplates } from './lib/generated.ts'
import { rightAccount } from './lib/preflight/account.ts'
import { stackSetClient } from './lib/stackset/aws-client.ts'
import { failureText, type RegionFailure } from './lib/stackset/failure.ts'

await main({
  usage: 'npm run destroy',
  purpose: 'Takes the guard out of the account. Without --yes it only says what it would take away.',
  details: `After it nobody is told when root does something. The trail and Config logs stay in their buckets, and the secrets in SSM,
unless told in words:
  npm run destroy -- --yes root-guard --delete-logs "delete the logs of root-guard" --delete-secrets "delete the secrets of root-guard"
The bootstrap's stack stays: its roles may be what this command runs with. The last line says how to delete it.
exit code: 0 gone, 1 something could not be deleted, 2 used or configured wrongly, or not told --yes`,
  permissions: permissions.destroy,
  options: {
    yes: { type: 'string', value: 'NAME', help: "the guard's name, as root-guard.yaml has it" },
    'delete-logs': {
      type: 'string',
      value: 'WORDS',
      help: '"delete the logs of NAME": empties and deletes the log buckets for good',
    },
    'delete-secrets': {
      type: 'string',
      value: 'WORDS',
      help: '"delete the secrets of NAME": deletes the channels\' SSM parameters',
    },
  },
  run: async (options, notes) => {
    const settings = loadSettings(settingsFile)
    const { name } = settings
    const logs = said(options['delete-logs'], `delete the logs of ${name}`)
    const secrets = said(options['delete-secrets'], `delete the secrets of ${name}`)
    await rightAccount(settings)
    const client = stackSetClient(settings.homeRegion)
    const stackSets = (await stackSetTemplates(settings)).map(({ stackSet }) => stackSet)
    const found = await inventory(settings, stackSets, client)
    const bootstrap = await bootstrapLine(settings)
    const hub = hubLine(settings)
    if (options.yes !== name) {
      throw new CommandError(
        [listed(found, { logs, secrets }), ...hub, ...bootstrap].join('\n'),
        `${options.yes === undefined ? '' : `--yes ${options.yes} is not the name in root-guard.yaml; `}nothing was removed; to remove it: npm run destroy -- --yes ${name}`,
        2,
      )
    }
    const removed: Removed[] = []
    let off: readonly string[] = []
    for (const { name: stackSet } of found.stackSets) {
      const one = await attempt(stackSet, async () => {
        const stopped = stackSet === `${name}-${postureRegion}` ? await stopRecorder(settings, notes) : undefined
        if (stopped !== undefined) off = [recorderIsOff(stopped)]
        return removeStackSet(client, settings, stackSet, notes)
      })
      removed.push({ stackSet, failures: resultsOf([one]).flat(), refusals: refusalsOf([one]) })
      // What is left goes on telling people for as long as something that it watches is there.
      if (!isRemoved(removed.at(-1))) break
      off = []
    }
    const isGone = removed.every(isRemoved)
    // What could not be deleted may still be writing.
    const emptied: Attempt<string>[] = []
    for (const bucket of isGone && logs ? found.buckets : []) {
      emptied.push(await attempt(bucket, () => removeBucket(bucket, notes).then(() => bucket)))
    }
    const forgotten =
      isGone && secrets ? [await attempt('the secrets', () => removeParameters(found.parameters).then(() => true))] : []
    return outcome(found, removed, {
      buckets: resultsOf(emptied),
      secrets: resultsOf(forgotten).length > 0,
      refusals: refusalsOf([...emptied, ...forgotten]),
      // While stacks are left, its roles are what deletes them.
      bootstrap: isGone ? bootstrap : [],
      hub,
      off,
    })
  },
})

/** What is left of the guard in the end, and how it goes; nothing where there never was a bootstrap. */
async function bootstrapLine(settings: Settings): Promise<readonly string[]> {
  const stack = await bootstrapStack(settings)
  if (stack === undefined) return []
  const of = `--region ${settings.homeRegion} --stack-name ${stack.name}`
  return [
    `stays: the stack ${stack.name}, with the roles of StackSets and workflows. When nothing needs them any more, as an administrator:`,
    `  aws cloudformation update-termination-protection --no-enable-termination-protection ${of}`,
    `  aws cloudformation delete-stack ${of}`,
  ]
}

/** The hub has the account's notifications of other services as well; only its owner knows whether it is of use. */
function hubLine({ userNotifications }: Settings): readonly string[] {
  if (userNotifications?.hub !== 'create') return []
  return [
    `stays: the notification hub of ${alarmRegion}, since AWS deregisters no account's last one. Where the account has another: aws notifications deregister-notification-hub --notification-hub-region ${alarmRegion} --region ${alarmRegion}. A later deploy needs hub: reuse`,
  ]
}

/** What came of a StackSet: gone where there is neither a failure nor a refusal. */
interface Removed {
  readonly stackSet: string
  readonly failures: readonly RegionFailure[]
  readonly refusals: readonly Refusal[]
}

function isRemoved(one: Removed | undefined): boolean {
  return one !== undefined && one.failures.length + one.refusals.length === 0
}

interface Wish {
  readonly logs: boolean
  readonly secrets: boolean
}

/** Whether the option was given; it must be the very words, so that nobody deletes years of logs by a flag. */
function said(given: unknown, words: string): boolean {
  if (given === undefined) return false
  if (given === words) return true
  throw new CommandError('that is not how it is said', `say it in these words: "${words}"`, 2)
}

function listed({ stackSets, buckets, parameters }: Inventory, { logs, secrets }: Wish): string {
  const stacks = stackSets.map(
    ({ name, instances }) => `  ${name}: stacks in ${instances.map(({ region }) => region).join(', ') || 'no Region'}`,
  )
  return [
    stacks.length === 0 ? 'there are no StackSets of this guard' : 'would be deleted:',
    ...stacks,
    ...(buckets.length > 0 ? [`${logs ? 'would be emptied and deleted' : 'would stay'}: ${buckets.join(', ')}`] : []),
    ...(parameters.length > 0 ? [`${secrets ? 'would be deleted' : 'would stay'}: ${parameters.join(', ')}`] : []),
  ].join('\n')
}

/** What came of the rest, once the StackSets were gone. */
interface Rest {
  /** Log buckets that were emptied and deleted. */
  readonly buckets: readonly string[]
  /** Whether the channels' secrets were deleted. */
  readonly secrets: boolean
  readonly refusals: readonly Refusal[]
  readonly bootstrap: readonly string[]
  readonly hub: readonly string[]
  /** The recorder that was stopped, and whose stack could not be deleted. */
  readonly off: readonly string[]
}

function outcome(found: Inventory, removed: readonly Removed[], rest: Rest): Outcome {
  const { secrets, bootstrap } = rest
  const failures = removed.flatMap((one) => one.failures)
  const refusals = [...removed.flatMap((one) => one.refusals), ...rest.refusals]
  const deleted = removed.filter(isRemoved).map(({ stackSet }) => stackSet)
  const untried = found.stackSets.slice(removed.length).map(({ name }) => name)
  const { parameters } = found
  const kept = found.buckets.filter((bucket) => !rest.buckets.includes(bucket))
  const lines = [
    ...failures.map(failureText),
    ...refusals.map(refusalText),
    ...rest.off,
    `deleted: ${deleted.join(', ') || 'nothing'}`,
    ...(untried.length > 0 ? [`not tried, and there as before: ${untried.join(', ')}`] : []),
    ...(rest.buckets.length > 0 ? [`emptied and deleted: ${rest.buckets.join(', ')}`] : []),
    ...(kept.length > 0 ? [`kept, with what is in them: ${kept.join(', ')}`] : []),
    ...(parameters.length > 0 ? [`${secrets ? 'deleted' : 'kept'}: ${parameters.join(', ')}`] : []),
    ...rest.hub,
  ]
  return {
    ok: removed.every(isRemoved) && refusals.length === 0,
    text: [...lines, ...bootstrap].join('\n'),
    json: {
      ...found,
      deleted,
      untried,
      failures,
      refusals,
      logs: kept.length === 0 && rest.buckets.length > 0 ? 'deleted' : 'kept',
      secrets: secrets ? 'deleted' : 'kept',
      bootstrap,
    },
    markdown: [
      '### Destroy',
      '',
      ...lines.map((line) => `- ${line.replaceAll('\n', '\n  ')}`),
      '',
      ...bootstrapMarkdown(bootstrap),
    ].join('\n'),
  }
}

function bootstrapMarkdown([what, ...commands]: readonly string[]): readonly string[] {
  return what === undefined ? [] : [what, '', fenced(commands.map((command) => command.trim()).join('\n'), 'sh'), '']
}
