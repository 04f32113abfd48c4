// @ts-check
// Starts a command of a job's end, the summary or the comment, also where npm ci failed: then it says so by itself, with Node
// alone. Otherwise the job would end without a word, and the comment would keep the plan of an older commit.
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

const [command = '', ...options] = process.argv.slice(2)
const reason =
  '❌ npm ci failed, so no command ran and nothing in the account was looked at or changed: the log of the step install has the reason.'

// npm writes it when an installation has ended.
if (existsSync('node_modules/.package-lock.json')) {
  const args = ['--import', 'tsx', `scripts/github/${command}.ts`, ...options]
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
} else if (command === 'comment') {
  await comment()
} else {
  const { GITHUB_STEP_SUMMARY } = process.env
  if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, `**${reason}**\n`)
  process.stdout.write(`${reason}\n`)
}

/** Edits the comment that scripts/github/comment.ts writes, or adds it: the same marker and author. */
async function comment() {
  const { GITHUB_EVENT_PATH = '', GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env
  const { pull_request: pull } = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'))
  const head = String(pull.head.sha).slice(0, 7)
  const run = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`
  const marker = '<!-- root-guard:plan -->'
  const body = `${marker}\n### No plan for ${head}\n\n${reason}\n\n<sub>Of commit ${head}. Written in [this run](${run}).</sub>\n`
  const found = await ours(`issues/${pull.number}/comments`, marker)
  if (found === undefined) await gitHub('POST', `issues/${pull.number}/comments`, { body })
  else await gitHub('PATCH', `issues/comments/${found}`, { body })
  process.stdout.write(`the comment plan on pull request ${pull.number} says that npm ci failed\n`)
}

/**
 * The id of our comment, of a hundred a page; undefined where there is none.
 * @param {string} path
 * @param {string} marker
 * @returns {Promise<number | undefined>}
 */
async function ours(path, marker) {
  for (let page = 1; ; page++) {
    /** @type {readonly { id: number, body: string | null, user: { login: string } | null }[]} */
    const comments = JSON.parse(await gitHub('GET', `${path}?per_page=100&page=${page}`))
    const found = comments.find(({ body, user }) => user?.login === 'github-actions[bot]' && body?.startsWith(marker))
    if (found !== undefined) return found.id
    if (comments.length < 100) return undefined
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
async function gitHub(method, path, body) {
  const { GITHUB_API_URL = 'https://api.github.com', GITHUB_REPOSITORY, GITHUB_TOKEN } = process.env
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/${path}`, {
    method,
    signal: AbortSignal.timeout(20_000),
    headers: {
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'content-type': 'application/json',
      'user-agent': 'root-guard',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}: ${text}`)
  return text
}
