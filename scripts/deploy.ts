// Deploys generated/ as StackSets, and does nothing when nothing changed.
import { loadSettings } from '../templates-src/config/load.ts'
import { alarmRegion, type Settings } from '../templates-src/config/schema.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { type Attempt, attempt, refusalsOf, resultsOf } from './lib/attempt.ts'
import { CommandError, main } from './lib/command.ts'
import { withEnabledRegions } from './lib/enabled-regions.ts'
import { bootstrapFile, settingsFile, stackSetTemplates } from './lib/generated.ts'
import { lookAtStacks } from './lib/live/stack.ts'
import { configServiceRole, rightAccount } from './lib/preflight/account.ts'
import { preflight, reviewed } from './lib/preflight.ts'
import { problemText } from './lib/problem.ts'
import { deployOutcome, reminders } from './lib/report/deploy.ts'
import { setRetention } from './lib/retention.ts'
import { stackSetClient } from './lib/stackset/aws-client.ts'
import { type Converged, converge } from './lib/stackset/converge.ts'
import { goalOf, livedIn } from './lib/stackset/goal.ts'

await main({
  usage: 'npm run deploy',
  purpose: 'Creates or updates the StackSets that root-guard.yaml describes, and waits for them.',
  details: `Needs AWS credentials of the account in root-guard.yaml, and CloudFormation's self-managed StackSet roles in it.
Stopped at any point, it goes on from there when it is run again. Another run's operation is waited for, 70 minutes at
most (ROOT_GUARD_WAIT_SECONDS says otherwise). A relay Region taken out of root-guard.yaml loses its stack.
Before it writes it looks whether those roles are there and whom they trust, and, where they are the bootstrap's, whether
its stack is up to date. What AWS's default roles may do it does not look at: where that is too little, the operation fails
and says so.
exit code: 0 everything is as configured, 1 an operation failed or a live check found something, 2 used or configured wrongly`,
  permissions: permissions.deploy,
  options: {
    'second-trail': { type: 'boolean', help: 'make a trail of our own beside the one that the account has' },
    'yes-remove': {
      type: 'boolean',
      help: `take away stacks in ${livedIn.join(' and ')} that are no longer configured`,
    },
  },
  run: async (options, notes) => {
    const written = loadSettings(settingsFile)
    reviewed(await stackSetTemplates(written))
    await rightAccount(written)
    const settings = await withEnabledRegions(written)
    const templates = await stackSetTemplates(settings)
    const client = stackSetClient(settings.homeRegion)
    const secondTrail = options['second-trail'] === true
    const bootstrap = bootstrapFile(written).body
    const warnings = await preflight(settings, templates, client, { bootstrap, secondTrail }, notes)
    for (const warning of warnings) notes.note(problemText(warning))
    await configServiceRole(settings, notes)

    const converged: Attempt<Converged>[] = []
    for (const template of templates) {
      const goal = goalOf(settings, template, options['yes-remove'] ? livedIn : [])
      converged.push(
        await attempt(goal.stackSet, async () => {
          hasWhatItNeeds(settings, goal.stackSet, resultsOf(converged))
          return converge(client, goal, notes)
        }),
      )
    }
    const done = resultsOf(converged)
    const retention = await attempt("AWS Config's retention", () => setRetention(settings, notes))
    const live = await attempt('the live checks', () => lookAtStacks(done))
    const retained = resultsOf([retention]).includes(true)
    const wrote = retained || done.some((one) => one.wrote.length > 0)
    return deployOutcome({
      done,
      refusals: refusalsOf([...converged, retention, live]),
      retained,
      templates,
      findings: resultsOf([live]).flat(),
      warnings,
      reminders: wrote ? reminders(settings) : [],
    })
  },
})

/** What calls the function, and what watches the call, stay as they were until what they need is as configured. */
function hasWhatItNeeds({ name }: Settings, stackSet: string, done: readonly Converged[]): void {
  const needs = {
    [alarmRegion]: ['notifier', 'whose function it calls'],
    operations: [alarmRegion, 'which it watches'],
  }
  const [part, why] = needs[stackSet.slice(name.length + 1) as keyof typeof needs] ?? []
  if (part === undefined) return
  const needed = `${name}-${part}`
  if (done.some((one) => one.stackSet === needed && one.failures.length === 0)) return
  throw new CommandError(
    `${stackSet} is left as it is, since ${needed}, ${why}, could not be deployed`,
    `look at what is said of ${needed}, then npm run deploy again`,
  )
}
