// Whom the roles of the workflows let in: generated/bootstrap.yaml in fakecloud, and tokens as GitHub's issuer writes them.
// fakecloud holds iss, aud and sub against the provider and the role, and does not verify the signature. The claims beside
// these it leaves out of the request, as AWS would with one that it does not know: they are held against the role here.
import { readFileSync } from 'node:fs'
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workflowRoles } from '../../templates-src/parts/bootstrap-github.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud } from './fakecloud.ts'
import { token } from './github-token.ts'
import { claimsTakenOut, clientConfig, type WantedClaims } from './what-fakecloud-leaves-out.ts'

const GITHUB = 'github: {owner: example, repository: guard, ownerId: "1111", repositoryId: "2222"}'
const OLD = 'repo:example/guard'
const NEW = 'repo:example@1111/guard@2222'
const OURS = '2222'

const MAIN = 'refs/heads/main'
const FEATURE = 'refs/heads/feature'

interface Row {
  readonly token: string
  readonly sub: string
  /** What it says beside its subject: the branch it runs on, and the repository's id where it is not ours. */
  readonly ref?: string
  readonly id?: string
  readonly claims?: Readonly<Record<string, string>>
  /** The roles that let it in. */
  readonly roles: readonly string[]
}

/** The table in docs/trust.md, which the last test holds against it. */
const ROWS: readonly Row[] = [
  { token: 'the environment production', sub: `${OLD}:environment:production`, roles: ['deploy'] },
  { token: 'the environment production, with ids', sub: `${NEW}:environment:production`, roles: ['deploy'] },
  { token: 'the branch main', sub: `${OLD}:ref:${MAIN}`, roles: ['plan', 'drift', 'drill'] },
  { token: 'the branch main, with ids', sub: `${NEW}:ref:${MAIN}`, roles: ['plan', 'drift', 'drill'] },
  { token: 'a pull request', sub: `${OLD}:pull_request`, ref: 'refs/pull/7/merge', roles: ['plan'] },
  { token: 'a pull request, with ids', sub: `${NEW}:pull_request`, ref: 'refs/pull/7/merge', roles: ['plan'] },
  { token: 'another branch', sub: `${NEW}:ref:${FEATURE}`, ref: FEATURE, roles: [] },
  {
    token: 'another branch, in the environment production',
    sub: `${NEW}:environment:production`,
    ref: FEATURE,
    roles: [],
  },
  {
    token: 'a pull request, in the environment production',
    sub: `${NEW}:environment:production`,
    ref: 'refs/pull/7/merge',
    roles: [],
  },
  { token: 'a tag called main', sub: `${NEW}:ref:refs/tags/main`, ref: 'refs/tags/main', roles: [] },
  {
    token: 'a tag called main, in the environment production',
    sub: `${NEW}:environment:production`,
    ref: 'refs/tags/main',
    roles: [],
  },
  { token: 'another environment', sub: `${NEW}:environment:staging`, roles: [] },
  { token: 'a fork', sub: `repo:stranger@3333/guard@4444:ref:${MAIN}`, id: '4444', roles: [] },
  { token: "a fork's environment", sub: 'repo:stranger/guard:environment:production', id: '4444', roles: [] },
  {
    token: 'another repository that took the name over',
    sub: `${OLD}:environment:production`,
    id: '9999',
    roles: [],
  },
  { token: 'the same, on main', sub: `${OLD}:ref:${MAIN}`, id: '9999', roles: [] },
  { token: 'the same, a pull request', sub: `${OLD}:pull_request`, id: '9999', ref: 'refs/pull/7/merge', roles: [] },
  {
    token: 'the same, with ids',
    sub: 'repo:example@1111/guard@9999:environment:production',
    id: '9999',
    roles: [],
  },
  {
    token: 'another owner who took the name over, with ids',
    sub: 'repo:example@9999/guard@8888:environment:production',
    id: '8888',
    roles: [],
  },
  {
    token: 'ours, given to another owner',
    sub: 'repo:stranger@3333/guard@2222:environment:production',
    roles: [],
  },
  { token: 'a token for somebody else', sub: `${NEW}:environment:production`, claims: { aud: 'vault' }, roles: [] },
  {
    token: "another issuer's token",
    sub: `${NEW}:environment:production`,
    claims: { iss: 'https://token.example.com' },
    roles: [],
  },
]

interface Context {
  aws: Fakecloud
  repository: Checkout
  /** The roles that let in the first row's token while AWS fills in no claim but iss, aud and sub. */
  withoutClaims: string[]
  wanted: Map<string, WantedClaims>
}

const test = suite<Context>('trust')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  context.repository.edit('relayRegions: []', `relayRegions: []\n${GITHUB}`)
  for (const command of ['generate', 'bootstrap'] as const) {
    const { exitCode, stderr } = await context.repository.run(command)
    if (exitCode !== 0) process.stderr.write(stderr)
  }
  context.withoutClaims = []
  context.wanted = new Map()
  for (const role of workflowRoles) {
    if (await lets(context.aws, role, ROWS[0] as Row)) context.withoutClaims.push(role)
    context.wanted.set(role, await claimsTakenOut(context.aws.endpoint, `root-guard-${role}`))
  }
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

for (const row of ROWS) {
  test(`${row.token} gets ${row.roles.length === 0 ? 'no role' : `the roles ${row.roles.join(', ')} and no other`}`, async ({
    aws,
    wanted,
  }) => {
    const taken = []
    for (const role of workflowRoles) {
      if (fits(row, wanted.get(role) ?? {}) && (await lets(aws, role, row))) taken.push(role)
    }
    assert.equal(taken, row.roles)
  })
}

test('a claim that AWS does not fill in lets nobody in', ({ withoutClaims, wanted }) => {
  assert.equal(withoutClaims, [])
  for (const role of workflowRoles) assert.ok(wanted.get(role)?.repository_id, role)
})

test('the subject alone would let in whom the claims keep out', async ({ aws }) => {
  const refusedByClaim = ROWS.filter(({ ref, id, roles }) => roles.length === 0 && (ref ?? id) !== undefined)
  const without = await Promise.all(
    refusedByClaim.map((row) => Promise.all(workflowRoles.map((role) => lets(aws, role, row)))),
  )
  assert.equal(
    refusedByClaim.filter((_, index) => without[index]?.includes(true)).map(({ token }) => token),
    [
      'another branch, in the environment production',
      'a pull request, in the environment production',
      'a tag called main, in the environment production',
      'another repository that took the name over',
      'the same, on main',
      'the same, a pull request',
    ],
  )
})

test('docs/trust.md has this table', () => {
  const cell = (row: Row, role: string) => (row.roles.includes(role) ? 'yes' : 'no')
  const said = (row: Row) =>
    `| ${row.token} | \`${row.sub}\` | \`${row.ref ?? MAIN}\` | ${row.id ?? OURS} | ${workflowRoles.map((role) => cell(row, role)).join(' | ')} |`
  assert.match(readFileSync(new URL('../../docs/trust.md', import.meta.url), 'utf8'), ROWS.map(said).join('\n'))
})

test.run()

/** As StringEquals has it: a claim that is not in the token is equal to nothing. */
function fits({ ref = MAIN, id = OURS }: Row, wanted: WantedClaims): boolean {
  const claims: Readonly<Record<string, string>> = { ref, repository_id: id }
  return Object.entries(wanted).every(([claim, values]) => values.includes(claims[claim] ?? ''))
}

async function lets(
  { endpoint }: Fakecloud,
  role: string,
  { sub, ref = MAIN, id = OURS, claims = {} }: Row,
): Promise<boolean> {
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: `arn:aws:iam::111122223333:role/root-guard-${role}`,
    RoleSessionName: 'run-1',
    WebIdentityToken: token({ sub, ref, repository_id: id, ...claims }),
  })
  try {
    const { Credentials } = await new STSClient(clientConfig(endpoint, 'us-east-1')).send(command)
    return Credentials !== undefined
  } catch (error) {
    assert.match((error as Error).name, /AccessDenied|InvalidIdentityToken/)
    return false
  }
}
