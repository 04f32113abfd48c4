import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CommandError } from '../../../../scripts/lib/command.ts'
import { gitHub } from '../../../../scripts/lib/github/api.ts'
import { verdict } from '../../../../scripts/lib/github/failure.ts'
import { type Fault, type GitHubStandIn, startGitHub } from '../../../github.ts'

interface Context {
  standIn: GitHubStandIn
}

const quick = { tries: 3, pauseMs: 1, waitMs: 5_000, timeoutMs: 20_000 }

async function refused(work: Promise<unknown>): Promise<CommandError> {
  try {
    await work
  } catch (error) {
    assert.instance(error, CommandError)
    return error as CommandError
  }
  throw new Error('it was not refused')
}

const talking = suite<Context>('talking to GitHub')

talking.before.each(async (context) => {
  context.standIn = await startGitHub()
})

talking.after.each(({ standIn }) => standIn.close())

const in2100 = '4102444800'

const REFUSED: readonly (readonly [what: string, fault: Fault, message: RegExp, hint: RegExp])[] = [
  ['a bad token', { status: 401, body: { message: 'Bad credentials' } }, /401: Bad credentials$/, /expired/],
  [
    'a token without the permission, which GitHub names',
    {
      status: 403,
      headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' },
      body: { message: 'Resource not accessible by integration' },
    },
    /403: Resource not accessible by integration$/,
    /lacks a permission \(issues: write, or pull-requests: write\): give it to the job/,
  ],
  ['what is not there', { status: 404, body: { message: 'Not Found' } }, /404: Not Found$/, /GITHUB_REPOSITORY/],
  [
    'issues that are turned off',
    { status: 410, body: { message: 'Issues are disabled for this repo' } },
    /410/,
    /turn them on/,
  ],
  ['a repository that moved', { status: 301, body: { message: 'Moved Permanently' } }, /301: Moved/, /moved/],
  [
    'what GitHub does not accept, field by field',
    {
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ message: 'Body is too long' }, { field: 'title', code: 'missing_field' }, 'odd'],
      },
    },
    /422: Validation Failed \(Body is too long; title: missing_field; odd\)$/,
    /does not accept/,
  ],
  [
    'a limit that is renewed too late to wait for it',
    {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': in2100 },
      body: { message: 'API rate limit exceeded' },
    },
    /no more calls from this token for \d+ minutes: API rate limit exceeded$/,
    /after that time/,
  ],
  [
    'a limit that says how long',
    { status: 429, headers: { 'retry-after': '90' }, body: { message: 'Too many requests' } },
    /no more calls from this token for 90 seconds: Too many requests$/,
    /after that time/,
  ],
  [
    'a limit that says nothing, for which GitHub asks to wait a minute',
    { status: 403, body: { message: 'You have exceeded a secondary rate limit' } },
    /for 60 seconds: You have exceeded a secondary rate limit$/,
    /after that time/,
  ],
]

for (const [what, fault, message, hint] of REFUSED) {
  talking(`${what} is told in our words, once asked`, async ({ standIn }) => {
    standIn.faults.push({ on: 'all', fault })
    const error = await refused(gitHub(standIn.environment, quick).change('issues/7', {}))
    assert.match(error.message, message)
    assert.match(error.hint, hint)
    assert.is(standIn.calls.length, 1)
  })
}

talking('counts the wait to when the limit is renewed', () => {
  const headers = new Headers({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1600' })
  const answer = { status: 403, headers, body: { message: 'API rate limit exceeded' } }
  assert.equal(verdict(answer, 1_000_000), { kind: 'wait', ms: 600_000, reason: 'API rate limit exceeded' })
  assert.equal(verdict(answer, 2_000_000), { kind: 'wait', ms: 0, reason: 'API rate limit exceeded' })
})

talking('waits as long as GitHub asks, and then goes on', async ({ standIn }) => {
  standIn.faults.push({ on: 'all', fault: { status: 429, headers: { 'retry-after': '0' } } })
  standIn.faults.push({ on: 'all', fault: { status: 403, headers: { 'retry-after': '1' } } })
  assert.equal(await gitHub(standIn.environment, quick).list('issues?state=open'), [])
  assert.is(standIn.calls.length, 3)
})

talking('does not wait for ever on a server that never stops asking to', async ({ standIn }) => {
  const fault = { status: 429, headers: { 'retry-after': '0' }, body: { message: 'slow down' } }
  for (let time = 0; time < 100; time++) standIn.faults.push({ on: 'all', fault })
  const error = await refused(gitHub(standIn.environment, quick).list('issues?state=open'))
  assert.match(error.message, 'slow down')
  assert.ok(standIn.calls.length < 20)
})

talking('asks again when an answer is lost, and tells when it stays lost', async ({ standIn }) => {
  standIn.faults.push({ on: 'all', fault: { status: 502, body: '<html>' } })
  assert.equal(await gitHub(standIn.environment, quick).list('issues?state=open'), [])
  for (let time = 0; time < 3; time++) standIn.faults.push({ on: 'all', fault: { status: 500 } })
  const error = await refused(gitHub(standIn.environment, quick).list('issues?state=open'))
  assert.match(error.message, /no answer to GET \/repos\/example\/root-guard\/issues: 500: Server Error$/)
})

talking('tells when there is nobody', async ({ standIn }) => {
  standIn.close()
  const error = await refused(gitHub(standIn.environment, quick).list('issues?state=open'))
  assert.match(error.message, /no answer to GET .*: ECONNREFUSED$/)
})

talking('hands the token to no other server than the one it was meant for', async ({ standIn }) => {
  const elsewhere = { link: '<http://192.0.2.1/issues?page=2>; rel="next"' }
  standIn.faults.push({ on: 'all', fault: { status: 200, headers: elsewhere, body: [] } })
  const error = await refused(gitHub(standIn.environment, quick).list('issues?state=open'))
  assert.match(error.message, 'its next page is somewhere else: http://192.0.2.1')
})

talking('says what the environment lacks, and that it is a matter of use', async ({ standIn }) => {
  for (const [name, value] of [
    ['GITHUB_TOKEN', ''],
    ['GITHUB_REPOSITORY', ''],
    ['GITHUB_REPOSITORY', 'https://github.com/example/root-guard'],
  ] as const) {
    const broken = { ...standIn.environment, [name]: value }
    const error = await refused((async () => gitHub(broken, quick))())
    assert.match(error.message, name)
    assert.is(error.exitCode, 2)
  }
  assert.equal(standIn.calls, [])
})

talking.run()
