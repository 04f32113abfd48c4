// Says what a deploy would change, and changes nothing.
import { loadSettings } from '../templates-src/config/load.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { main } from './lib/command.ts'
import { withEnabledRegions } from './lib/enabled-regions.ts'
import { settingsFile, stackSetTemplates } from './lib/generated.ts'
import { isNothing, stackSetPlan, withStackStatus } from './lib/plan/stackset.ts'
import { rightAccount } from './lib/preflight/account.ts'
import { namedRegionProblems } from './lib/preflight/regions.ts'
import { reviewed } from './lib/preflight.ts'
import { refuse } from './lib/problem.ts'
import { planMarkdown, planText } from './lib/report/plan.ts'
import { stackSetClient } from './lib/stackset/aws-client.ts'
import { observe } from './lib/stackset/converge.ts'
import { goalOf } from './lib/stackset/goal.ts'

await main({
  usage: 'npm run plan',
  purpose: 'Says what a deploy would change, per StackSet, Region and resource, and changes nothing.',
  details: `CloudFormation has no change sets for StackSets: the template that each holds is compared with generated/.
exit code: 0 compared, whether or not something would change (--json says which); 1 it could not; 2 used or configured wrongly`,
  permissions: permissions.plan,
  options: { 'fail-on-changes': { type: 'boolean', help: 'exit with 1 when something would change' } },
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
    const changes = !plans.every(isNothing)
    return {
      ok: !(changes && options['fail-on-changes']),
      text: planText(plans),
      json: { changes, stackSets: plans },
      markdown: planMarkdown(plans),
    }
  },
})
