// Whom the roles of the workflows let in: generated/bootstrap.yaml in fakecloud, and tokens as GitHub's issuer writes them.
// fakecloud holds iss, aud and sub against the provider and the role, and does not verify the signature.
import { readFileSync } from 'node:fs'
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workflowRoles } from '../../templates-src/parts/bootstrap-github.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud } from './fakecloud.ts'
import { token } from './github-token.ts'
import { clientConfig } from './what-fakecloud-leaves-out.ts'

const GITHUB = 'github: {owner: example, repository: guard, ownerId: "1111", repositoryId: "2222"}'
const OLD = 'repo:example/guard'
const NEW = 'repo:example@1111/guard@2222'

interface Row {
  readonly token: string
  readonly sub: string
  readonly claims?: Readonly<Record<string, string>>
  /** The roles that let it in. */
  readonly roles: readonly string[]
}

/** The table in docs/trust.md, which the last test holds against it. */
const ROWS: readonly Row[] = [
  { token: 'the environment production', sub: `${OLD}:environment:production`, roles: ['deploy'] },
  { token: 'the environment production, with ids', sub: `${NEW}:environment:production`, roles: ['deploy'] },
  { token: 'the branch main', sub: `${OLD}:ref:refs/heads/main`, roles: ['plan', 'drift', 'drill'] },
  { token: 'the branch main, with ids', sub: `${NEW}:ref:refs/heads/main`, roles: ['plan', 'drift', 'drill'] },
  { token: 'a pull request', sub: `${OLD}:pull_request`, roles: ['plan'] },
  { token: 'a pull request, with ids', sub: `${NEW}:pull_request`, roles: ['plan'] },
  { token: 'another branch', sub: `${NEW}:ref:refs/heads/feature`, roles: [] },
  { token: 'a tag called main', sub: `${NEW}:ref:refs/tags/main`, roles: [] },
  { token: 'another environment', sub: `${NEW}:environment:staging`, roles: [] },
  { token: 'a fork', sub: 'repo:stranger@3333/guard@4444:ref:refs/heads/main', roles: [] },
  { token: "a fork's environment", sub: 'repo:stranger/guard:environment:production', roles: [] },
  {
    token: 'another repository that took the name over',
    sub: 'repo:example@1111/guard@9999:environment:production',
    roles: [],
  },
  {
    token: 'another owner who took the name over',
    sub: 'repo:example@9999/guard@2222:environment:production',
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

const test = suite<{ aws: Fakecloud; repository: Checkout }>('trust')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  context.repository.edit('relayRegions: []', `relayRegions: []\n${GITHUB}`)
  for (const command of ['generate', 'bootstrap'] as const) {
    const { exitCode, stderr } = await context.repository.run(command)
    if (exitCode !== 0) process.stderr.write(stderr)
  }
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

for (const row of ROWS) {
  test(`${row.token} gets ${row.roles.length === 0 ? 'no role' : `the roles ${row.roles.join(', ')} and no other`}`, async ({
    aws,
  }) => {
    const taken = []
    for (const role of workflowRoles) if (await lets(aws, role, row)) taken.push(role)
    assert.equal(taken, row.roles)
  })
}

test('docs/trust.md has this table', () => {
  const cell = (row: Row, role: string) => (row.roles.includes(role) ? 'yes' : 'no')
  const said = (row: Row) =>
    `| ${row.token} | \`${row.sub}\` | ${workflowRoles.map((role) => cell(row, role)).join(' | ')} |`
  assert.match(readFileSync(new URL('../../docs/trust.md', import.meta.url), 'utf8'), ROWS.map(said).join('\n'))
})

test.run()

async function lets({ endpoint }: Fakecloud, role: string, { sub, claims = {} }: Row): Promise<boolean> {
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: `arn:aws:iam::111122223333:role/root-guard-${role}`,
    RoleSessionName: 'run-1',
    WebIdentityToken: token({ sub, ...claims }),
  })
  try {
    const { Credentials } = await new STSClient(clientConfig(endpoint, 'us-east-1')).send(command)
    return Credentials !== undefined
  } catch (error) {
    assert.match((error as Error).name, /AccessDenied|InvalidIdentityToken/)
    return false
  }
}
