// Deploys generated/ as StackSets, and does nothing when nothing changed.
import { loadSettings } from '../templates-src/config/load.ts'
import { alarmRegion, type Settings } from '../templates-src/config/schema.ts'
import { templateBodyLimit } from '../templates-src/template.ts'
import { CommandError, main } from './lib/command.ts'
import { withEnabledRegions } from './lib/enabled-regions.ts'
import { differences, type StackSetTemplate, settingsFile, stackSetTemplates } from './lib/generated.ts'
import { configServiceRole, rightAccount } from './lib/preflight.ts'
import { setRetention } from './lib/retention.ts'
import { stackSetClient } from './lib/stackset/client.ts'
import { type Converged, converge } from './lib/stackset/converge.ts'

await main({
  usage: 'npm run deploy',
  purpose: 'Creates or updates the StackSets that root-guard.yaml describes, and waits for them.',
  details: `Needs AWS credentials of the account in root-guard.yaml, and CloudFormation's self-managed StackSet roles in it
(AWSCloudFormationStackSetAdministrationRole, AWSCloudFormationStackSetExecutionRole). It calls
  sts:GetCallerIdentity  iam:GetRole  iam:CreateServiceLinkedRole  iam:PassRole
  cloudformation:DescribeStackSet  CreateStackSet  UpdateStackSet  CreateStackInstances  ListStackInstances
  DescribeStackSetOperation  ListStackSetOperationResults
  config:DescribeRetentionConfigurations  config:PutRetentionConfiguration  account:ListRegions (with all-enabled)
exit code: 0 everything is as configured, 1 an operation failed, 2 used or configured wrongly`,
  run: async (_options, notes) => {
    const configured = loadSettings(settingsFile)
    reviewed(await stackSetTemplates(configured))
    await rightAccount(configured)
    const settings = await withEnabledRegions(configured)
    const templates = await stackSetTemplates(settings)
    await configServiceRole(settings, notes)

    const client = stackSetClient(settings.homeRegion)
    const done: Converged[] = []
    for (const { stackSet, regions, body } of templates) {
      done.push(await converge(client, { stackSet, regions, body, account: settings.account }, notes))
    }
    const retained = await setRetention(settings, notes)
    const wrote = retained || done.some((one) => one.wrote.length > 0)
    const behind = done.flatMap(({ stackSet, instances }) =>
      instances
        .filter(({ status }) => status !== 'CURRENT')
        .map(({ region, status, reason }) => `${stackSet}: the stack in ${region} is ${status}. ${reason}`.trim()),
    )
    const fine = wrote ? 'deployed' : 'nothing to do: everything is as configured'
    const leftovers = done.flatMap(({ stackSet, surplus }) =>
      surplus.map(
        (region) =>
          `${stackSet}: ${region} is no longer configured and keeps its stack, which still alerts; to take it away: aws cloudformation delete-stack-instances --region ${settings.homeRegion} --stack-set-name ${stackSet} --accounts ${settings.account} --regions ${region} --no-retain-stacks`,
      ),
    )
    const sentence = [
      ...(behind.length === 0 ? [fine] : behind),
      ...leftovers,
      ...(wrote ? reminders(settings) : []),
    ].join('\n')
    return {
      ok: behind.length === 0,
      text: [...rowsOf(done).map((row) => row.join('  ')), sentence].join('\n'),
      json: { changed: wrote, stackSets: done },
      markdown: markdown(sentence, done),
    }
  },
})

/** What a deploy cannot do for people, said whenever it wrote something. */
function reminders({ name, emails, routes }: Settings): string[] {
  const parameters = [...new Set(Object.values(routes).flat())].map((channel) => `/${name}/channels/${channel}`)
  return [
    `no phone rings before these are in SSM of ${alarmRegion}: ${parameters.join(', ')}`,
    `no mail comes before the link in AWS's mail was clicked: ${emails.join(', ')}`,
  ]
}

/** What is deployed is what was reviewed: the files in generated/, which must be what their sources come to. */
function reviewed(templates: readonly StackSetTemplate[]): void {
  const [difference] = differences(templates.map(({ file }) => file))
  if (difference !== undefined) {
    throw new CommandError(
      `${difference.path} is not what ${settingsFile} and templates-src come to`,
      'npm run generate, look at what it changed, commit it; nothing was deployed',
      2,
    )
  }
  const large = templates.find(({ body }) => Buffer.byteLength(body) > templateBodyLimit)
  if (large !== undefined) {
    throw new CommandError(
      `${large.stackSet} is over ${templateBodyLimit} bytes`,
      'npm run generate says by how much',
      2,
    )
  }
}

function rowsOf(done: readonly Converged[]): string[][] {
  return done.flatMap(({ stackSet, wrote, instances }) =>
    instances.map(({ region, status }) => [stackSet, region, status, wrote.length > 0 ? 'written' : 'unchanged']),
  )
}

function markdown(sentence: string, done: readonly Converged[]): string {
  const table = rowsOf(done).map((row) => `| ${row.join(' | ')} |`)
  return ['### Deploy', '', sentence, '', '| StackSet | Region | state | |', '|---|---|---|---|', ...table, ''].join(
    '\n',
  )
}
