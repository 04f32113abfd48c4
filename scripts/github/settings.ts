// Hands what root-guard.yaml says to the steps of a job that follow: which role to assume, in which Region. So the file
// stays the one place where the account stands; the account's id is masked from here on.
import { setOutput } from '@actions/core'
import { loadSettings } from '../../templates-src/config/load.ts'
import { type WorkflowRole, workflowRoles } from '../../templates-src/parts/bootstrap-github.ts'
import { CommandError, main } from '../lib/command.ts'
import { settingsFile } from '../lib/generated.ts'
import { asInWorkflows } from '../lib/github/deployment.ts'
import { letIn } from '../lib/github/identity.ts'
import { mask } from '../lib/github/masks.ts'
import { roleArn } from '../lib/github/roles.ts'

await main({
  usage: 'npm run github:settings',
  purpose: 'Hands the roles and the Region of root-guard.yaml to the next steps of a job, and masks the account id.',
  details: `In GitHub Actions it first compares what github in root-guard.yaml says with the job's repository, ids and branch: AWS
would refuse the sign-in and not say why.
outputs: region, drift-alert (yes, or nothing), ${workflowRoles.map((role) => `${role}-role`).join(', ')}
exit code: 0 handed on, 2 when root-guard.yaml is not as it should be, names another branch or environment than the
workflows, or another repository than the job's`,
  options: {
    role: { type: 'string', value: 'ROLE', help: `the role that the job signs in with: ${workflowRoles.join(', ')}` },
  },
  run: async ({ role }) => {
    const settings = loadSettings(settingsFile)
    mask([settings.account])
    asInWorkflows(settings)
    letIn(settings, roleOf(role), process.env)
    const outputs = {
      region: settings.homeRegion,
      'drift-alert': settings.driftAlert ? 'yes' : '',
      ...Object.fromEntries(workflowRoles.map((role) => [`${role}-role`, roleArn(settings, role)])),
    }
    // Without the file of a runner, setOutput would print a command instead.
    if (process.env.GITHUB_OUTPUT) for (const [name, value] of Object.entries(outputs)) setOutput(name, value)
    return {
      ok: true,
      text: Object.entries(outputs)
        .map(([name, value]) => `${name.padEnd(12)} ${value}`)
        .join('\n'),
      json: outputs,
    }
  },
})

function roleOf(said: string | boolean | undefined): WorkflowRole | undefined {
  const role = workflowRoles.find((one) => one === said)
  if (said === undefined || role !== undefined) return role
  throw new CommandError(`--role is «${said}»`, `one of ${workflowRoles.join(', ')}`, 2)
}
