// Whether a run is of the newest commit of the branch that is deployed. A run that is started again (gh run rerun) works on
// its own commit, however old: it would take back what was merged since.
import * as v from 'valibot'
import { CommandError } from '../command.ts'
import type { GitHub } from './api.ts'
import { deployment } from './deployment.ts'
import { parsedObject } from './shapes.ts'

/** Answers the commit; throws a CommandError when it is not the tip, or of another branch. Reads what the runner sets. */
export async function tipOf(
  gitHub: GitHub,
  { GITHUB_REF, GITHUB_SHA }: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const { branch } = deployment
  if (GITHUB_REF !== `refs/heads/${branch}` || !GITHUB_SHA) {
    throw new CommandError(
      `this run is of ${GITHUB_REF || 'no branch'} (GITHUB_REF), and ${branch} alone is deployed`,
      `merge it into ${branch}, or deploy that: gh workflow run deploy --ref ${branch}`,
      2,
    )
  }
  const path = `git/ref/heads/${branch}`
  const found = await gitHub.find(path)
  const { sha } = parsedObject(refSchema, found, path).object
  if (sha === GITHUB_SHA) return sha
  throw new CommandError(
    `this run is of ${short(GITHUB_SHA)}, and ${branch} is at ${short(sha)} by now: deploying it would take back what came after`,
    'the run of the newer commit deploys all of it; where there is none, or it failed: gh workflow run deploy',
  )
}

export function short(sha: string): string {
  return sha.slice(0, 7)
}

const refSchema = v.object({ object: v.object({ sha: v.string() }) })
