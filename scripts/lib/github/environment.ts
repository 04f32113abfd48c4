// Who can reach the environment that the deploy role trusts. GitHub makes an environment when a job first names it, open
// to every branch. The role asks a token for main as well (templates-src/parts/bootstrap-github.ts); this is the second lock, and
// it is looked at before the deploy signs in.
import * as v from 'valibot'
import { CommandError } from '../command.ts'
import type { GitHub } from './api.ts'
import { deployment } from './deployment.ts'
import { parsedObject } from './shapes.ts'

export interface Guarded {
  /** Whether somebody must say yes before a deploy starts: `required_reviewers` among its protection rules. */
  readonly reviewed: boolean
}

/** Throws a CommandError that says how to close it when anything but the branch that is deployed can deploy into it. */
export async function guardedEnvironment(gitHub: GitHub): Promise<Guarded> {
  const { environment } = deployment
  const path = `environments/${environment}`
  const found = await gitHub.find(path)
  if (found === undefined) {
    throw open('it is not there: GitHub makes it at its first use, open to every branch', freePlan)
  }
  const { deployment_branch_policy: policy, protection_rules: rules } = parsedObject(environmentSchema, found, path)
  if (policy === null) throw open('every branch can deploy into it')
  if (!policy.custom_branch_policies) {
    // With no protected branch at all, says GitHub's documentation, this rule lets every branch in.
    throw open('every protected branch can deploy into it, and while no branch is protected, every branch')
  }
  const others = (await namesOf(gitHub, path)).filter((name) => name !== `branch ${deployment.branch}`)
  if (others.length > 0)
    throw open(`more than the branch ${deployment.branch} can deploy into it: ${others.join(', ')}`)
  return { reviewed: rules.some(({ type }) => type === 'required_reviewers') }
}

/** GitHub keeps environments of private repositories, their rules and their secrets for paid plans. */
const freePlan = '; a private repository on GitHub Free has no environments: make it public, or take GitHub Pro or Team'

function open(what: string, more = ''): CommandError {
  return new CommandError(
    `the environment ${deployment.environment} does not guard the deploy: ${what}`,
    `let the branch ${deployment.branch} alone in, as step 4 of docs/set-up.md says; nothing has signed in to AWS yet${more}`,
  )
}

/** `branch main`, `tag v*`. A hundred are read; where there are more, those are enough to say no. */
async function namesOf(gitHub: GitHub, path: string): Promise<readonly string[]> {
  const all = `${path}/deployment-branch-policies`
  const { branch_policies } = parsedObject(policiesSchema, await gitHub.find(`${all}?per_page=100`), all)
  return branch_policies.map(({ type, name }) => `${type} ${name}`)
}

const environmentSchema = v.object({
  deployment_branch_policy: v.nullable(v.object({ custom_branch_policies: v.boolean() })),
  protection_rules: v.optional(v.array(v.object({ type: v.string() })), []),
})

const policiesSchema = v.object({
  branch_policies: v.array(v.object({ name: v.string(), type: v.optional(v.string(), 'branch') })),
})
