// Makes, once, the roles that StackSets and GitHub's workflows act as. Needs an administrator of the account.
import { loadSettings } from '../templates-src/config/load.ts'
import type { Settings } from '../templates-src/config/schema.ts'
import { workflowRoles } from '../templates-src/parts/bootstrap-github.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { providerProblems, settledBootstrapStack, usable, writeBootstrap } from './lib/bootstrap.ts'
import { main } from './lib/command.ts'
import { bootstrapFile, settingsFile } from './lib/generated.ts'
import { templateChanges } from './lib/plan/template.ts'
import { rightAccount } from './lib/preflight/account.ts'
import { reviewedFiles } from './lib/preflight.ts'
import { refuse } from './lib/problem.ts'

await main({
  usage: 'npm run bootstrap',
  purpose: 'Makes the roles that StackSets and GitHub workflows act as: one stack, NAME-bootstrap, in the home Region.',
  details: `Run it with an administrator's credentials, once, and again when github, encryption, relayRegions, trail or
driftAlert in root-guard.yaml change: with --plan it says whether anything would. A stack that something else works on is
waited for.
exit code: 0 as configured, 1 the stack failed, 2 used or configured wrongly`,
  permissions: permissions.bootstrap,
  options: { plan: { type: 'boolean', help: 'say what would change, and change nothing' } },
  run: async ({ plan }, notes) => {
    const settings = loadSettings(settingsFile)
    const { body, file } = bootstrapFile(settings)
    reviewedFiles([file])
    await rightAccount(settings)
    const stack = await settledBootstrapStack(settings, notes)
    await usable(stack, settings.homeRegion)
    refuse(await providerProblems(settings, stack))
    const changes = templateChanges(stack?.body ?? '', body)
    const lines = changes.map(({ logicalId, type, action }) => `${action.padEnd(8)} ${logicalId} (${type})`)
    const name = `${settings.name}-bootstrap`
    if (changes.length > 0 && !plan) await writeBootstrap(settings, body, stack, notes)
    const headline = changes.length === 0 ? `${name}: nothing to do` : plan ? `${name} would change` : `${name}: done`
    return {
      ok: true,
      text: [...lines, headline, ...(plan ? [] : nextSteps(settings))].join('\n'),
      json: { stack: name, changed: changes.length > 0 && !plan, changes },
      markdown: ['### Bootstrap', '', headline, '', ...lines.map((line) => `- ${line}`), ''].join('\n'),
    }
  },
})

function nextSteps({ account, github, name, stackSets }: Settings): readonly string[] {
  const arn = (role: string) => `arn:aws:iam::${account}:role/${name}-${role}`
  return [
    ...(stackSets?.roles === 'bootstrap'
      ? []
      : [
          'next: below stackSets in root-guard.yaml change roles: aws-default to roles: bootstrap, and trustedRoles to [], then npm run generate: deploys use the narrower roles',
        ]),
    ...(github === undefined
      ? ['next: fill in github in root-guard.yaml for workflows, then run this again']
      : workflowRoles.map((role) => `role of the workflow ${role}: ${arn(role)}`)),
  ]
}
