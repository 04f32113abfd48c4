// The end of a job whose npm ci failed: with Node alone, in a folder without packages, against a GitHub on this machine.

import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ended } from '../../child.ts'
import { bot, type GitHubStandIn, startGitHub } from '../../github.ts'

interface Context {
  standIn: GitHubStandIn
  folder: string
}

const source = fileURLToPath(new URL('../../../scripts/github/start.mjs', import.meta.url))
const PUSHED = { pull_request: { number: 7, head: { sha: 'abc1234def'.repeat(4) } } }
const SAID = 'npm ci failed, so no command ran'

const test = suite<Context>('where nothing is installed')

test.before.each(async (context) => {
  context.standIn = await startGitHub()
  const pull = { number: 7, title: 'x', body: null, state: 'open', user: { login: 'someone' } } as const
  context.standIn.issues.push({ ...pull, pull_request: {} })
  context.folder = mkdtempSync(join(tmpdir(), 'root-guard-start-'))
  mkdirSync(join(context.folder, 'scripts/github'), { recursive: true })
  copyFileSync(source, join(context.folder, 'scripts/github/start.mjs'))
  writeFileSync(join(context.folder, 'event.json'), JSON.stringify(PUSHED))
  writeFileSync(join(context.folder, 'summary.md'), '')
})

test.after.each(({ standIn, folder }) => {
  standIn.close()
  rmSync(folder, { recursive: true })
})

const run = ({ folder, standIn }: Context, ...args: string[]) => {
  const env = {
    PATH: process.env.PATH,
    ...standIn.environment,
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '42',
  }
  const node = [join('scripts/github/start.mjs'), ...args]
  return ended(spawn(process.execPath, node, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] }))
}

test('the summary still has its sentence', async (context) => {
  const { exitCode, stderr } = await run(context, 'summary')
  assert.is(exitCode, 0, stderr)
  assert.match(readFileSync(join(context.folder, 'summary.md'), 'utf8'), SAID)
})

test('the comment says that there is no plan of this commit', async (context) => {
  const { exitCode, stderr } = await run(context, 'comment', '--file', 'reports/plan.md', '--even-without')
  assert.is(exitCode, 0, stderr)
  assert.is(context.standIn.comments.length, 1)
  assert.match(
    context.standIn.comments[0]?.body ?? '',
    `<!-- root-guard:plan -->\n### No plan for abc1234\n\n❌ ${SAID}`,
  )
})

test("an older commit's plan does not stay, on whatever page it is, and a stranger's comment does", async (context) => {
  const { comments } = context.standIn
  const plan = '<!-- root-guard:plan -->\n### Plan\n\nnothing to see, merge it\n'
  for (let id = 1; id <= 120; id++) comments.push({ id, issue: 7, body: plan, user: { login: 'stranger' } })
  comments.push({ id: 121, issue: 7, body: plan, user: bot })
  const { exitCode, stderr } = await run(context, 'comment')
  assert.is(exitCode, 0, stderr)
  assert.is(comments.length, 121)
  assert.match(comments.at(-1)?.body ?? '', SAID)
  assert.is(comments[0]?.body, plan)
})

test('what GitHub refuses fails the step', async (context) => {
  context.standIn.permissions.issues = 'read'
  context.standIn.permissions['pull-requests'] = 'read'
  const { exitCode, stderr } = await run(context, 'comment')
  assert.is(exitCode, 1)
  assert.match(stderr, 'POST issues/7/comments: 403')
})

test.run()
