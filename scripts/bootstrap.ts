// Makes, once, the roles that StackSets and GitHub's workflows act as. Needs an administrator of the account.
import { loadSettings } from '../templates-src/config/load.ts'
import type { Settings } from '../templates-src/config/schema.ts'
import { workflowRoles } from '../templates-src/parts/bootstrap-github.ts'
import { roleBoundary } from '../templates-src/parts/bootstrap-grants.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { providerProblems, settledBootstrapStack, usable, writeBootstrap } from './lib/bootstrap.ts'
import { putRoleBoundary, rolesWithoutBoundary } from './lib/bootstrap-boundary.ts'
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
waited for. With stackSets: {roles: bootstrap} it puts the boundary NAME-role-boundary on roles of a guard that was deployed
without it, too.
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
    const name = `${settings.name}-bootstrap`
    const unbounded = await rolesWithoutBoundary(settings)
    if (changes.length > 0 && !plan) await writeBootstrap(settings, body, stack, notes)
    if (!plan) await putRoleBoundary(settings, unbounded, notes)
    const lines = [
      ...changes.map(({ logicalId, type, action }) => `${action.padEnd(8)} ${logicalId} (${type})`),
      ...unbounded.map((role) => `${'bound'.padEnd(8)} ${role} (by ${settings.name}-${roleBoundary})`),
    ]
    const headline = lines.length === 0 ? `${name}: nothing to do` : plan ? `${name} would change` : `${name}: done`
    return {
      ok: true,
      text: [...lines, headline, ...(plan ? [] : nextSteps(settings))].join('\n'),
      json: { stack: name, changed: lines.length > 0 && !plan, changes, bound: unbounded },
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
          'next: below stackSets in root-guard.yaml change roles: aws-default to roles: bootstrap, and trustedRoles to [], then npm run generate, and where the guard is deployed already this again: deploys use the narrower roles',
        ]),
    ...(github === undefined
      ? ['next: fill in github in root-guard.yaml for workflows, then run this again']
      : workflowRoles.map((role) => `role of the workflow ${role}: ${arn(role)}`)),
  ]
}
