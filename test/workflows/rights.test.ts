// What every workflow may do, whoever changes it: rights, roles, secrets, tokens.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deployment } from '../../scripts/lib/github/deployment.ts'
import { allJobs, allSteps, type Job, roleOf, type Step, workflows } from './workflow.ts'

const textOf = (value: unknown) => JSON.stringify(value)
const signIn = ({ steps }: Job): Step | undefined =>
  steps.find(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'))

/** All that each job may do. A job that is new or wants more is refused until it stands here. */
const MAY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ci/test': { contents: 'read' },
  'ci/templates-and-workflows': { contents: 'read' },
  'ci/checkov': { contents: 'read' },
  'ci/rehearsal': { contents: 'read' },
  'plan/offline': { contents: 'read' },
  'plan/plan': { contents: 'read', 'id-token': 'write', 'pull-requests': 'write' },
  'deploy/plan': { actions: 'read', contents: 'read', 'id-token': 'write' },
  'deploy/deploy': { actions: 'read', contents: 'read', 'id-token': 'write' },
  'deploy/drill': { contents: 'read', 'id-token': 'write' },
  'drift/drift': { contents: 'read', 'id-token': 'write', issues: 'write' },
  'nightly/check': { contents: 'read', 'id-token': 'write' },
  'nightly/send': { contents: 'read', 'id-token': 'write' },
  'test-alert/drill': { contents: 'read', 'id-token': 'write' },
}

const rights = suite('what workflows may do')

rights('they are valid to GitHub', () => {
  for (const { name, errors } of workflows) assert.equal(errors, [], name)
  assert.equal(workflows.map(({ name }) => name).sort(), ['ci', 'deploy', 'drift', 'nightly', 'plan', 'test-alert'])
})

rights('a workflow may do nothing, a job what it needs', () => {
  for (const { name, permissions } of workflows) assert.equal(permissions, {}, name)
  assert.equal(Object.fromEntries(allJobs.map(({ id, job }) => [id, job.permissions])), MAY)
})

rights('each job signs in with the role of its task, and only such a job gets a token for it', () => {
  const found = allJobs.map(({ id, job }) => [id, signIn(job)?.with?.['role-to-assume']] as const)
  const wished = allJobs.map(
    ({ id }) => [id, roleOf[id] && `\${{ steps.settings.outputs.${roleOf[id]}-role }}`] as const,
  )
  assert.equal(found, wished)
  for (const { id, job } of allJobs.filter(({ id }) => roleOf[id])) {
    const { run } = job.steps.find((step) => step.id === 'settings') ?? {}
    assert.is(run, `npm run github:report -- github:settings --role ${roleOf[id]}`, id)
  }
  for (const { id, job } of allJobs) assert.is('id-token' in (job.permissions ?? {}), signIn(job) !== undefined, id)
})

rights('the deploy role is assumed in the environment of the deploy alone, on the branch that is deployed', () => {
  const { branch, environment } = deployment
  for (const { id, job } of allJobs) {
    assert.is(job.environment, roleOf[id] === 'deploy' ? environment : undefined, id)
    if (roleOf[id] === 'deploy') assert.match(job.if ?? '', `github.ref == 'refs/heads/${branch}'`, id)
  }
  const { push } = workflows.find(({ name }) => name === 'deploy')?.on ?? {}
  assert.equal(push, { branches: [branch] })
})

rights(
  'the deploy asks GitHub, before it signs in, whether it is the tip, and whether other branches could deploy',
  () => {
    for (const { id, job } of allJobs.filter(({ id }) => ['deploy/plan', 'deploy/deploy'].includes(id))) {
      const steps = job.steps.map(({ uses = '', run = '' }) => run || uses)
      const at = (what: string) => steps.findIndex((step) => step.includes(what))
      for (const guard of ['github:tip', 'github:environment']) {
        assert.ok(at(guard) > 0 && at(guard) < at('aws-actions/configure-aws-credentials'), `${id}: ${guard}`)
        assert.is(job.steps[at(guard)]?.if, undefined, `${id}: ${guard}`)
      }
    }
  },
)

rights(
  'who approves a deploy has its plan before them: it is made outside of the environment, by the role that reads',
  () => {
    const { plan, deploy } = workflows.find(({ name }) => name === 'deploy')?.jobs ?? {}
    assert.ok(plan?.steps.some(({ run }) => run === 'npm run github:report -- plan'))
    assert.is(plan?.environment, undefined)
    assert.is(deploy?.needs, 'plan')
  },
)

rights('no job reaches an account before the owner has switched it on', () => {
  for (const { id, job, workflow } of allJobs.filter(({ job }) => signIn(job))) {
    const gate = [job.if, workflow.jobs[job.needs ?? '']?.if].join(' ')
    assert.match(gate, "vars.ROOT_GUARD_ON == 'yes'", id)
  }
})

rights("a fork's pull request signs in nowhere", () => {
  for (const { id, job, workflow } of allJobs.filter(({ job }) => signIn(job))) {
    if (!('pull_request' in workflow.on)) continue
    assert.match(job.if ?? '', 'github.event.pull_request.head.repo.full_name == github.repository', id)
    assert.match(job.if ?? '', "github.event.pull_request.user.login != 'dependabot[bot]'", id)
  }
})

rights("nothing runs in the repository's name on a stranger's wish", () => {
  const known = ['merge_group', 'pull_request', 'push', 'schedule', 'workflow_dispatch']
  for (const { name, on } of workflows) for (const event of Object.keys(on)) assert.ok(known.includes(event), name)
})

rights('secrets are read by one step of the deploy, and by no job of a pull request', () => {
  const readers = allSteps.filter(({ step }) => /\bsecrets\b\s*[.[]/.test(textOf(step)))
  assert.equal(
    readers.map(({ id, step }) => [id, step.run]),
    [['deploy/deploy', 'npm run github:report -- secrets']],
  )
  for (const { name, on, text } of workflows) {
    if ('pull_request' in on) assert.not.match(text, /\bsecrets\s*[.[]/, name)
  }
  for (const { id, job } of allJobs) assert.is(job.env, undefined, id)
})

rights("GitHub's token is handed to what talks to GitHub, and not left behind by the check-out", () => {
  for (const { id, step } of allSteps) {
    const talks = / github:(comment|drift-issue|tip|environment)\b/.test(step.run ?? '')
    assert.is(/github\.token|GITHUB_TOKEN/.test(textOf(step)), talks, `${id}: ${step.name}`)
    if (step.uses?.startsWith('actions/checkout@')) assert.is(step.with?.['persist-credentials'], 'false', id)
    if (step.uses?.startsWith('actions/setup-node@')) assert.is(step.with?.['package-manager-cache'], 'false', id)
    if (step.uses?.startsWith('aws-actions/')) assert.is(step.with?.['mask-aws-account-id'], 'true', id)
  }
})

rights.run()
