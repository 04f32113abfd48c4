// Says what a deploy would change and what would make it refuse, and changes nothing.
import { loadSettings } from '../templates-src/config/load.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { main } from './lib/command.ts'
import { withEnabledRegions } from './lib/enabled-regions.ts'
import { bootstrapFile, settingsFile, stackSetTemplates } from './lib/generated.ts'
import { blocked } from './lib/plan/blockers.ts'
import { stackSetPlan, withStackStatus } from './lib/plan/stackset.ts'
import { rightAccount } from './lib/preflight/account.ts'
import { namedRegionProblems } from './lib/preflight/regions.ts'
import { reviewed } from './lib/preflight.ts'
import { refuse } from './lib/problem.ts'
import { planOutcome } from './lib/report/plan-outcome.ts'
import { retentionChange } from './lib/retention.ts'
import { stackSetClient } from './lib/stackset/aws-client.ts'
import { observe } from './lib/stackset/converge.ts'
import { goalOf } from './lib/stackset/goal.ts'

await main({
  usage: 'npm run plan',
  purpose: 'Says what a deploy would change, per StackSet, Region and resource, and changes nothing.',
  details: `CloudFormation has no change sets for StackSets: the template that each holds is compared with generated/.
It looks at all that a deploy looks at before it writes, so that a deploy which would refuse is known before it is merged.
exit code: 0 compared, whether or not something would change (--json says which); 1 a deploy would refuse, or it could not
compare; 2 used or configured wrongly`,
  permissions: permissions.plan,
  options: {
    'fail-on-changes': { type: 'boolean', help: 'exit with 1 when something would change' },
    'second-trail': { type: 'boolean', help: 'of a deploy with --second-trail' },
  },
  run: async (options) => {
    const written = loadSettings(settingsFile)
    reviewed(await stackSetTemplates(written))
    await rightAccount(written)
    // A Region that is not there would look well in a pull request, and fail the deploy after it.
    refuse(await namedRegionProblems(written))
    const settings = await withEnabledRegions(written)
    const templates = await stackSetTemplates(settings)
    const client = stackSetClient(settings.homeRegion)
    const plans = await Promise.all(
      templates.map(async (template) => {
        const goal = goalOf(settings, template)
        return stackSetPlan(goal, await withStackStatus(client, await observe(client, goal.stackSet)))
      }),
    )
    const retention = await retentionChange(settings)
    const bootstrap = bootstrapFile(written).body
    const secondTrail = options['second-trail'] === true
    const found = await blocked(settings, templates, client, { bootstrap, secondTrail })
    return planOutcome({ plans, retention, ...found }, { failOnChanges: options['fail-on-changes'] === true })
  },
})
