// Whether the token that GitHub makes for this job is one that the role lets in. AWS says of every other one the same sentence,
// without the reason; here each claim that differs is named before anything signs in. Pure.
import type { Settings } from '../../../templates-src/config/schema.ts'
import type { WorkflowRole } from '../../../templates-src/parts/bootstrap-github.ts'
import { CommandError } from '../command.ts'
import { settingsFile } from '../generated.ts'
import { deployment } from './deployment.ts'

/** What a runner sets: GitHub makes the claims `repository`, `repository_id`, `repository_owner_id` and `ref` of the same. */
type Environment = Readonly<Record<string, string | undefined>>

/** Throws a CommandError (exit 2) that names what differs; elsewhere than in GitHub Actions nothing is compared. */
export function letIn(
  { github }: Pick<Settings, 'github'>,
  role: WorkflowRole | undefined,
  environment: Environment,
): void {
  if (environment.GITHUB_ACTIONS !== 'true') return
  if (github === undefined) throw new CommandError(withoutBlock, `${whatToWrite(environment)}; ${thenBootstrap}`, 2)
  const differing = differences(github, environment)
  if (differing.length > 0) {
    const said = differing.map(
      ([field, found, wanted]) =>
        `${settingsFile}: github.${field} is «${found}», and this job's token says «${wanted}»`,
    )
    throw new CommandError(said.join('\n'), `${whatToWrite(environment)}; ${thenBootstrap}`, 2)
  }
  if (role !== undefined) ofItsBranch(role, environment)
}

const withoutBlock = `${settingsFile} has no github block, so that the account has no role for workflows`
const thenBootstrap = 'then npm run generate, npm run bootstrap as an administrator, and commit'

type Difference = readonly [field: string, found: string, wanted: string]

/** Spelled as GitHub spells it: AWS compares subjects letter by letter. */
function differences(github: NonNullable<Settings['github']>, environment: Environment): readonly Difference[] {
  const [owner = '', repository = ''] = (environment.GITHUB_REPOSITORY ?? '').split('/')
  const { GITHUB_REPOSITORY_OWNER_ID: ownerId = '', GITHUB_REPOSITORY_ID: repositoryId = '' } = environment
  const rows: readonly Difference[] = [
    ['owner', github.owner, owner],
    ['ownerId', github.ownerId, ownerId],
    ['repository', github.repository, repository],
    ['repositoryId', github.repositoryId, repositoryId],
  ]
  return rows.filter(([, found, wanted]) => wanted !== '' && found !== wanted)
}

function whatToWrite({
  GITHUB_REPOSITORY = '',
  GITHUB_REPOSITORY_OWNER_ID,
  GITHUB_REPOSITORY_ID,
}: Environment): string {
  const [owner, repository] = GITHUB_REPOSITORY.split('/')
  return `write github: {owner: ${owner}, ownerId: "${GITHUB_REPOSITORY_OWNER_ID}", repository: ${repository}, repositoryId: "${GITHUB_REPOSITORY_ID}"}`
}

function ofItsBranch(role: WorkflowRole, { GITHUB_REF, GITHUB_EVENT_NAME }: Environment): void {
  const main = `refs/heads/${deployment.branch}`
  if (GITHUB_REF === main || (role === 'plan' && GITHUB_EVENT_NAME === 'pull_request')) return
  throw new CommandError(
    `this job runs on ${GITHUB_REF || 'no branch'}, and the role of the ${role} lets in jobs on ${main} alone${role === 'plan' ? ', and of pull requests' : ''}`,
    `start it on ${deployment.branch}: --ref ${deployment.branch} is the option of gh workflow run`,
    2,
  )
}
