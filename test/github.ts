// GitHub's REST API on this machine, as much of it as comments, issues and the guards of the deploy need: tokens and what
// they may do, pages with Link headers, the refusals GitHub documents, and faults that a test puts in its way.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface GitHubStandIn {
  /** What a command's environment needs to reach it. */
  readonly environment: Readonly<Record<string, string>>
  readonly issues: Issue[]
  readonly comments: Comment[]
  /** By name: as GitHub shows one, with the branches and tags that may deploy into it. */
  readonly environments: Map<string, Environment>
  /** The commit each branch is at. */
  readonly branches: Map<string, string>
  /** What was asked, as `PATCH issues/7`, in order; pages with their query. */
  readonly calls: string[]
  /** Answers of the next calls that change something (`writes`) or of any (`all`), first in first out. */
  readonly faults: { readonly on: 'writes' | 'all'; readonly fault: Fault }[]
  /** What the token may do. */
  readonly permissions: Record<'issues' | 'pull-requests', 'write' | 'read'> & { actions: 'read' | 'none' }
  readonly close: () => void
}

export interface Issue {
  readonly number: number
  title: string
  body: string | null
  state: 'open' | 'closed'
  readonly user: { readonly login: string }
  readonly pull_request?: object
}

export interface Comment {
  readonly id: number
  readonly issue: number
  body: string | null
  readonly user: { readonly login: string } | null
}

export interface Environment {
  readonly policy: { readonly protected_branches: boolean; readonly custom_branch_policies: boolean } | null
  readonly custom?: readonly { readonly name: string; readonly type: 'branch' | 'tag' }[]
  readonly reviewers?: boolean
}

export interface Fault {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** The call is carried out, and only its answer is lost. */
  readonly carriedOut?: boolean
}

export const token = 'ghs_sample'
export const repository = 'example/root-guard'
export const bot = { login: 'github-actions[bot]' }
/** GitHub's own limit. */
const longestBody = 65_536

interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly input: Partial<Record<'body' | 'title' | 'state', string>>
}

interface Reply {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export async function startGitHub(): Promise<GitHubStandIn> {
  const issues: Issue[] = []
  const comments: Comment[] = []
  const calls: string[] = []
  const faults: GitHubStandIn['faults'] = []
  const environments: GitHubStandIn['environments'] = new Map()
  const branches: GitHubStandIn['branches'] = new Map()
  const permissions: GitHubStandIn['permissions'] = { issues: 'write', 'pull-requests': 'write', actions: 'read' }
  const state = { issues, comments, environments, branches, permissions }

  const server = createServer(async (incoming, outgoing) => {
    const call = await callOf(incoming)
    calls.push(`${call.method} ${call.path}${call.query.has('page') ? `?page=${call.query.get('page')}` : ''}`)
    const { status, headers = {}, body } = answer(incoming, call)
    outgoing.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body))
  })

  const answer = (incoming: IncomingMessage, call: Call): Reply => {
    const at = faults.findIndex(({ on }) => on === 'all' || call.method !== 'GET')
    const [next] = at < 0 ? [] : faults.splice(at, 1)
    if (next !== undefined) {
      if (next.fault.carriedOut) handled(state, call)
      return { body: { message: 'Server Error' }, ...next.fault }
    }
    return refusal(incoming) ?? paged(handled(state, call), call, `http://${incoming.headers.host}${incoming.url}`)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    environment: {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: repository,
      GITHUB_TOKEN: token,
    },
    issues,
    comments,
    environments,
    branches,
    calls,
    faults,
    permissions,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function callOf(incoming: IncomingMessage): Promise<Call> {
  let text = ''
  for await (const piece of incoming.setEncoding('utf8')) text += piece
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://github')
  return {
    method: incoming.method ?? 'GET',
    path: pathname.replace(`/repos/${repository}/`, ''),
    query: searchParams,
    input: text === '' ? {} : JSON.parse(text),
  }
}

/** What GitHub refuses whatever is asked. */
function refusal({ headers, url }: IncomingMessage): Reply | undefined {
  if (!headers['user-agent']) return { status: 403, body: 'Request forbidden by administrative rules.' }
  if (headers.authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'Bad credentials' } }
  if (!url?.startsWith(`/repos/${repository}/`)) return notFound
  return undefined
}

const notFound: Reply = { status: 404, body: { message: 'Not Found', status: '404' } }

type State = Pick<GitHubStandIn, 'issues' | 'comments' | 'environments' | 'branches' | 'permissions'>

function handled(state: State, call: Call): Reply {
  const { issues, comments, permissions } = state
  const { method, path, input, query } = call
  if (path.startsWith('environments/')) return environment(state, path)
  if (path.startsWith('git/ref/heads/')) return branch(state, path.replace('git/ref/heads/', ''))
  const [, number = ''] = /^issues\/(\d+)(?:\/comments)?$/.exec(path) ?? []
  const issue = issues.find((one) => one.number === Number(number))
  const mayWrite =
    permissions.issues === 'write' || (issue?.pull_request !== undefined && permissions['pull-requests'] === 'write')
  const commentId = /^issues\/comments\/(\d+)$/.exec(path)?.[1]

  if (method !== 'GET' && !mayWrite && commentId === undefined) return forbidden
  if (method !== 'GET' && (input.body ?? '').length > longestBody) return tooLong
  if (path === 'issues' && method === 'GET') {
    return { status: 200, body: issues.filter((one) => one.state === (query.get('state') ?? 'open')) }
  }
  if (path === 'issues' && method === 'POST') {
    const made: Issue = {
      number: issues.length + 101,
      title: input.title ?? '',
      body: input.body ?? null,
      state: 'open',
      user: bot,
    }
    issues.push(made)
    return { status: 201, body: made }
  }
  if (commentId !== undefined && method === 'PATCH') {
    const comment = comments.find(({ id }) => id === Number(commentId))
    if (comment === undefined) return notFound
    comment.body = input.body ?? null
    return { status: 200, body: comment }
  }
  if (issue === undefined) return notFound
  if (path.endsWith('/comments')) {
    if (method === 'GET') return { status: 200, body: comments.filter((one) => one.issue === issue.number) }
    const made: Comment = { id: comments.length + 1001, issue: issue.number, body: input.body ?? null, user: bot }
    comments.push(made)
    return { status: 201, body: made }
  }
  Object.assign(issue, input)
  return { status: 200, body: issue }
}

function environment({ environments, permissions }: State, path: string): Reply {
  const [, name = '', below] = path.split('/')
  const found = environments.get(name)
  if (permissions.actions === 'none')
    return { ...forbidden, headers: { 'x-accepted-github-permissions': 'actions=read' } }
  if (found === undefined) return notFound
  const { policy, custom = [], reviewers } = found
  if (below === 'deployment-branch-policies') {
    return {
      status: 200,
      body: { total_count: custom.length, branch_policies: custom.map((one, id) => ({ id, ...one })) },
    }
  }
  const rules = [...(policy ? ['branch_policy'] : []), ...(reviewers ? ['required_reviewers'] : [])]
  const protection_rules = rules.map((type, id) => ({ id, type }))
  return { status: 200, body: { id: 1, name, protection_rules, deployment_branch_policy: policy } }
}

function branch({ branches }: State, name: string): Reply {
  const sha = branches.get(name)
  return sha === undefined
    ? notFound
    : { status: 200, body: { ref: `refs/heads/${name}`, object: { type: 'commit', sha } } }
}

const forbidden: Reply = {
  status: 403,
  headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' },
  body: { message: 'Resource not accessible by integration', status: '403' },
}

const tooLong: Reply = {
  status: 422,
  body: {
    message: 'Validation Failed',
    errors: [
      {
        resource: 'IssueComment',
        code: 'unprocessable',
        field: 'data',
        message: 'Body is too long (maximum is 65536 characters)',
      },
    ],
  },
}

/** A page of a list, thirty items unless asked for more, a hundred at most; where the others are is in the Link header. */
function paged(reply: Reply, { query }: Call, url: string): Reply {
  if (!Array.isArray(reply.body)) return reply
  const size = Math.min(Number(query.get('per_page') ?? 30), 100)
  const page = Number(query.get('page') ?? 1)
  const last = Math.max(1, Math.ceil(reply.body.length / size))
  const to = (number: number, rel: string) => {
    const target = new URL(url)
    target.searchParams.set('page', String(number))
    return `<${target.href}>; rel="${rel}"`
  }
  const links = [
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first')] : []),
  ]
  const body = reply.body.slice((page - 1) * size, page * size)
  return { ...reply, body, ...(links.length > 0 && { headers: { link: links.join(', ') } }) }
}
