import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gitHub } from '../../../../scripts/lib/github/api.ts'
import { driftIssue } from '../../../../scripts/lib/github/drift-issue.ts'
import { type Drift, parseDrift } from '../../../../scripts/lib/github/drift-words.ts'
import { bot, type GitHubStandIn, startGitHub } from '../../../github.ts'

interface Context {
  standIn: GitHubStandIn
}

const quick = { tries: 3, pauseMs: 1, waitMs: 5_000, timeoutMs: 20_000 }
const SOURCE = 'Written by a test.'

const RULE = {
  stackSet: 'root-guard-us-east-1',
  region: 'us-east-1',
  resource: 'RootActivityRule',
  type: 'AWS::Events::Rule',
  what: 'the state',
  wished: 'ENABLED',
  found: 'DISABLED',
  state: 'differs',
  hint: 'aws events enable-rule --name root-activity',
} as const
const TRAIL = {
  ...RULE,
  resource: 'Trail',
  type: 'AWS::CloudTrail::Trail',
  what: 'logging',
  wished: 'on',
  found: 'off',
}
const MAIL = {
  ...RULE,
  resource: 'Email',
  what: 'the subscription',
  found: 'PendingConfirmation',
  state: 'waiting',
} as const

const UNSEEN = { ...RULE, resource: '', what: 'the live checks', found: 'Rate exceeded', state: 'unknown' } as const

const report = ({ environment }: GitHubStandIn, ...findings: Drift['findings']) =>
  driftIssue(gitHub(environment, quick), { drift: { findings }, author: bot.login, source: SOURCE })
const said = ({ comments }: GitHubStandIn) => comments.map(({ body }) => body)

const issue = suite<Context>('the issue of drift')

issue.before.each(async (context) => {
  context.standIn = await startGitHub()
})

issue.after.each(({ standIn }) => standIn.close())

issue('is opened once, updated when the findings change, closed when there are none', async ({ standIn }) => {
  assert.is((await report(standIn)).reported, 'nothing to report')
  assert.is(standIn.issues.length, 0)

  assert.is((await report(standIn, RULE)).reported, 'opened')
  assert.is((await report(standIn, RULE)).reported, 'unchanged')
  assert.equal(said(standIn), [])

  assert.equal(await report(standIn, RULE, TRAIL), { reported: 'updated', number: 101 })
  assert.is((await report(standIn, TRAIL, RULE)).reported, 'unchanged')
  assert.is(standIn.issues[0]?.title, 'Drift: 2 things are not as deployed')
  assert.equal(said(standIn), [
    `What differs has changed: Drift: 2 things are not as deployed. The description above is up to date. ${SOURCE}`,
  ])

  assert.equal(await report(standIn), { reported: 'closed', number: 101 })
  assert.is(standIn.issues[0]?.state, 'closed')
  assert.is(standIn.comments.length, 2)
  assert.is((await report(standIn)).reported, 'nothing to report')
  assert.is(standIn.issues.length, 1)
})

issue('is a new one when drift comes back after it was closed', async ({ standIn }) => {
  for (const findings of [[RULE], [], [RULE]]) await report(standIn, ...findings)
  assert.equal(
    standIn.issues.map(({ state }) => state),
    ['closed', 'open'],
  )
})

issue('has what differs in a table, what to do, and what is only waited for apart', async ({ standIn }) => {
  await report(standIn, { ...RULE, found: 'DISABLED | by\n@someone in 111122223333' }, MAIL)
  const body = standIn.issues[0]?.body ?? ''
  assert.is(standIn.issues[0]?.title, 'Drift: 1 thing is not as deployed')
  assert.match(body, '**Wanted from you:**')
  assert.match(body, '| `RootActivityRule` | `the state` | `ENABLED` | `DISABLED \\| by @someone in ************` |')
  assert.match(body, '- aws events enable-rule --name root-activity')
  assert.match(body, /#### Waited for[\s\S]*`PendingConfirmation`/)
})

issue('is not opened for what is only waited for', async ({ standIn }) => {
  assert.is((await report(standIn, MAIL)).reported, 'nothing to report')
})

issue('is neither opened nor closed for what could not be looked at', async ({ standIn }) => {
  assert.is((await report(standIn, UNSEEN)).reported, 'left as it is')
  assert.is(standIn.issues.length, 0)

  await report(standIn, RULE)
  assert.equal(await report(standIn, UNSEEN, MAIL), { reported: 'left as it is', number: 101 })
  assert.is(standIn.issues[0]?.state, 'open')
  await report(standIn, RULE, UNSEEN)
  assert.is(standIn.issues[0]?.title, 'Drift: 1 thing is not as deployed')
  assert.match(standIn.issues[0]?.body ?? '', /#### Could not be looked at[\s\S]*`Rate exceeded`/)
})

issue('waits for nothing that AWS never lets this account look at', async ({ standIn }) => {
  const never = { ...UNSEEN, found: 'not known', isLasting: true } as const
  assert.is((await report(standIn, never)).reported, 'nothing to report')
  await report(standIn, RULE, never)
  assert.match(standIn.issues[0]?.body ?? '', /#### AWS does not let this account look[\s\S]*`not known`/)
  assert.equal(await report(standIn, never), { reported: 'closed', number: 101 })
})

issue("is found behind pages of others', and is no pull request and no stranger's", async ({ standIn }) => {
  await report(standIn, RULE)
  const body = standIn.issues[0]?.body ?? ''
  const [ours] = standIn.issues.splice(0)
  const other = { title: 'x', body, state: 'open' } as const
  standIn.issues.push(
    { ...other, number: 1, user: bot, pull_request: {} },
    { ...other, number: 2, user: { login: 'x' } },
  )
  for (let number = 3; number <= 130; number++) standIn.issues.push({ ...other, number, body: null, user: bot })
  if (ours !== undefined) standIn.issues.push({ ...ours, number: 131 })
  assert.equal(await report(standIn), { reported: 'closed', number: 131 })
})

issue('is not opened twice when the answer to opening it gets lost', async ({ standIn }) => {
  standIn.faults.push({ on: 'writes', fault: { status: 504, carriedOut: true } })
  assert.is((await report(standIn, RULE)).reported, 'opened')
  assert.is(standIn.issues.length, 1)
})

issue('is closed by the next run when closing it failed', async ({ standIn }) => {
  await report(standIn, RULE)
  standIn.faults.push({ on: 'writes', fault: { status: 422, body: { message: 'no' } } })
  try {
    await report(standIn)
    assert.unreachable()
  } catch {}
  assert.is((await report(standIn)).reported, 'closed')
})

issue('holds a thousand findings, the rest counted', async ({ standIn }) => {
  const many = Array.from({ length: 1_000 }, (_, index) => ({ ...RULE, resource: `Rule${index}` }))
  await report(standIn, ...many)
  const body = standIn.issues[0]?.body ?? ''
  assert.ok(body.length <= 65_536)
  assert.match(body, 'left out: GitHub takes no more')
  assert.is((await report(standIn, ...many)).reported, 'unchanged')
})

issue.run()

const reading = suite('reading what npm run drift printed')

const REFUSED: readonly (readonly [what: string, text: string, exitCode: 1 | 2, message: string])[] = [
  [
    'an account that could not be looked at',
    '{"error":{"message":"sts: denied for 111122223333","hint":""}}',
    1,
    'drift.json: npm run drift could not look: sts: denied for ************',
  ],
  ['nothing', '', 2, 'drift.json: '],
  ['something else', '{"drift":false}', 2, 'drift.json: findings: '],
  ['a finding without a field', JSON.stringify({ findings: [{ ...RULE, what: undefined }] }), 2, 'findings.0.what: '],
]

for (const [what, text, exitCode, message] of REFUSED) {
  reading(`${what} is not taken for a clean account`, () => {
    try {
      parseDrift(text, 'drift.json')
      assert.unreachable()
    } catch (error) {
      assert.match((error as Error).message, message)
      assert.is((error as { exitCode?: number }).exitCode, exitCode)
    }
  })
}

reading('takes fields that it does not know', () => {
  const text = JSON.stringify({ drift: true, more: 1, findings: [{ ...RULE, more: 1 }] })
  assert.equal(parseDrift(text, 'drift.json'), { findings: [RULE] })
})

reading.run()
