// Finds what in the account is not as it was deployed: CloudFormation's own drift detection where it sees, live checks
// where it does not.
import { loadSettings } from '../templates-src/config/load.ts'
import { alarmRegion } from '../templates-src/config/schema.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { main } from './lib/command.ts'
import { reusedFindings, stackSetFindings, unwatchedRegions, watchedRegions } from './lib/drift/account.ts'
import { alertOf, wantsAlert } from './lib/drift/alert.ts'
import { bootstrapFindings } from './lib/drift/bootstrap.ts'
import { leftoverFindings } from './lib/drift/leftover.ts'
import { detectedDrift, withoutDoubles } from './lib/drift/stackset.ts'
import { withEnabledRegions } from './lib/enabled-regions.ts'
import { settingsFile, stackSetTemplates } from './lib/generated.ts'
import { lookAtStacks } from './lib/live/stack.ts'
import { rightAccount } from './lib/preflight/account.ts'
import { driftOutcome } from './lib/report/drift.ts'
import { stackSetClient } from './lib/stackset/aws-client.ts'
import { observeQuiet } from './lib/stackset/converge.ts'

await main({
  usage: 'npm run drift',
  purpose: 'Finds what in the account is not as it was deployed.',
  details: `Compares the account with what was deployed, not with root-guard.yaml: npm run plan does that.
What AWS never lets this account read (an organization's trail that is reused) is counted as unknown, and fails nothing.
With --alert people are told by the routes when something differs: one event on the default bus, the only write.
exit code: 0 nothing differs, 1 something does or could not be looked at, 2 used or configured wrongly`,
  permissions: permissions.drift,
  options: { alert: { type: 'boolean', help: 'tell people by the routes when something differs (driftAlert: true)' } },
  run: async (options, notes) => {
    const written = loadSettings(settingsFile)
    const alert = wantsAlert(options.alert === true, written)
    await rightAccount(written)
    const settings = await withEnabledRegions(written)
    const templates = await stackSetTemplates(settings)
    const client = stackSetClient(settings.homeRegion)
    const stackSets = await Promise.all(
      templates.map(async (template) => ({
        ...template,
        observed: await observeQuiet(client, template.stackSet, notes),
      })),
    )
    const deployed = stackSets.map(({ stackSet, observed }) => ({ stackSet, instances: observed.instances }))
    const live = await lookAtStacks(deployed)
    const detected = await Promise.all(
      deployed.map(({ stackSet, instances }) => detectedDrift(client, stackSet, instances, notes)),
    )
    const findings = [
      ...stackSets.flatMap(({ observed, ...template }) => stackSetFindings(template, observed)),
      ...live,
      ...withoutDoubles(detected.flat(), live),
      ...(await leftoverFindings(
        settings,
        stackSets.find(({ stackSet }) => stackSet === `${settings.name}-${alarmRegion}`)?.observed,
      )),
      ...(await bootstrapFindings(settings)),
      ...(await reusedFindings(settings)),
      ...(await unwatchedRegions(watchedRegions(templates))),
    ]
    return driftOutcome(findings, alert ? await alertOf(findings) : '')
  },
})
