import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gitHub } from '../../../../scripts/lib/github/api.ts'
import { stickyComment } from '../../../../scripts/lib/github/sticky-comment.ts'
import { bot, type GitHubStandIn, startGitHub } from '../../../github.ts'

interface Context {
  standIn: GitHubStandIn
}

const sticky = suite<Context>('the sticky comment')

const quick = { tries: 3, pauseMs: 1, waitMs: 5_000, timeoutMs: 20_000 }
const write = ({ environment }: GitHubStandIn, markdown: string, footer = 'from a test') =>
  stickyComment(gitHub(environment, quick), { pullRequest: 7, name: 'plan', author: bot.login, markdown, footer })
const bodies = ({ comments }: GitHubStandIn) => comments.map(({ body }) => body)
const OURS = (text: string, footer = 'from a test') => `<!-- root-guard:plan -->\n${text}\n\n<sub>${footer}</sub>\n`

sticky.before.each(async (context) => {
  context.standIn = await startGitHub()
  const pull = { number: 7, title: 'a change', body: null, state: 'open', user: { login: 'someone' } } as const
  context.standIn.issues.push({ ...pull, pull_request: {} })
})

sticky.after.each(({ standIn }) => standIn.close())

sticky('is added once, edited when there is something new, and left alone when there is not', async ({ standIn }) => {
  assert.is(await write(standIn, 'one thing changes'), 'added')
  assert.is(await write(standIn, 'two things change'), 'edited')
  assert.is(await write(standIn, 'two things change'), 'unchanged')
  assert.equal(bodies(standIn), [OURS('two things change')])
  assert.equal(
    standIn.calls.filter((call) => !call.startsWith('GET')),
    ['POST issues/7/comments', 'PATCH issues/comments/1001'],
  )
})

sticky('is found among hundreds, on the last page', async ({ standIn }) => {
  for (let id = 1; id <= 250; id++)
    standIn.comments.push({ id, issue: 7, body: `talk ${id}`, user: { login: 'someone' } })
  standIn.comments.push({ id: 251, issue: 7, body: OURS('old'), user: bot })
  assert.is(await write(standIn, 'new'), 'edited')
  assert.is(standIn.comments.length, 251)
  assert.is(standIn.comments.at(-1)?.body, OURS('new'))
  assert.equal(
    standIn.calls.filter((call) => call.startsWith('GET')),
    ['GET issues/7/comments', 'GET issues/7/comments?page=2', 'GET issues/7/comments?page=3'],
  )
})

sticky("is never somebody else's comment, whatever it begins with", async ({ standIn }) => {
  standIn.comments.push({ id: 1, issue: 7, body: OURS('all is well, merge it'), user: { login: 'stranger' } })
  standIn.comments.push({ id: 2, issue: 7, body: OURS('of an account that is gone'), user: null })
  standIn.comments.push({ id: 3, issue: 7, body: `> ${OURS('quoted')}`, user: bot })
  standIn.comments.push({ id: 4, issue: 7, body: null, user: bot })
  assert.is(await write(standIn, 'a table is replaced'), 'added')
  assert.is(standIn.comments.length, 5)
})

sticky('is not added twice when the answer to adding it gets lost', async ({ standIn }) => {
  standIn.faults.push({ on: 'writes', fault: { status: 502, body: '<html>', carriedOut: true } })
  assert.is(await write(standIn, 'one thing changes'), 'added')
  assert.equal(bodies(standIn), [OURS('one thing changes')])
})

sticky('is added by the second try when the first never arrived', async ({ standIn }) => {
  standIn.faults.push({ on: 'writes', fault: { status: 503 } })
  assert.is(await write(standIn, 'one thing changes'), 'added')
  assert.equal(bodies(standIn), [OURS('one thing changes')])
})

sticky('is cut to what GitHub takes, and says how much was left out', async ({ standIn }) => {
  const lines = Array.from({ length: 5_000 }, (_, index) => `| resource ${index} | changes |`)
  await write(standIn, ['### Plan', '<details>', '', ...lines, '</details>'].join('\n'))
  const [body = ''] = bodies(standIn)
  assert.ok((body ?? '').length <= 65_536)
  assert.ok((body ?? '').length > 64_000)
  assert.match(body ?? '', /\n<\/details>\n\n[\d,]+ lines \([\d,]+ characters\) left out/)
  assert.match(body ?? '', /<sub>from a test<\/sub>\n$/)
})

sticky.run()
