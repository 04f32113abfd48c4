// The policies of the templates as MiniStack 1.5.33 can judge callers by them: with AUTH=true it does, but of a request it knows less
// than AWS, and of the rehearsal's hop there is less to know. What policies ask beyond that is left out here, or nobody would be let in:
// test/iam holds it by a simulator that knows it, and test/stage/judged.test.ts shows that MiniStack does not.
import { isDeepStrictEqual } from 'node:util'

interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

/** The resource, with policies that ask for nothing that MiniStack does not know. */
export function judgeable<R extends Resource>(resource: R): R {
  const written = JSON.stringify(resource)
  if (resource.Type === 'AWS::IAM::Role') {
    return JSON.parse(written, (_key, value) => (isStatement(value) ? judgeableStatement(value) : value)) as R
  }
  if (resource.Type === 'AWS::ApiGateway::RestApi') {
    return JSON.parse(written, (key, value) =>
      key === 'aws:PrincipalArn' ? withSessions(value as string[]) : value,
    ) as R
  }
  return resource
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Resource?: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && 'Effect' in value
}

/** In which function a role's session works, and whose event is put; and of the rehearsal's hop, which is no service, for whom it comes. */
export const unknownKeys = ['lambda:SourceFunctionArn', 'events:source', 'aws:SourceAccount', 'aws:SourceArn']

/** Less is asked, so an Allow allows more. A Deny would deny more, and is refused. */
function judgeableStatement(statement: Statement): Statement {
  const { Resource, Condition, ...rest } = statement
  const judged = { ...rest, ...ofRules(Resource), ...known(Condition) }
  if (statement.Effect === 'Deny' && !isDeepStrictEqual(judged, statement)) {
    throw new Error(`a Deny asks what MiniStack does not know: ${JSON.stringify(statement)}`)
  }
  return judged
}

/** No condition when nothing is asked any more. */
function known(conditions: Statement['Condition'] = {}): Pick<Statement, 'Condition'> {
  const asked = Object.entries(conditions).flatMap(([operator, keys]) => {
    const left = Object.entries(keys).filter(([key]) => !unknownKeys.includes(key))
    return left.length === 0 ? [] : [[operator, Object.fromEntries(left)] as const]
  })
  return asked.length === 0 ? {} : { Condition: Object.fromEntries(asked) }
}

/** A call that says `Name` is held against the rule's ARN with its bus in it, one that says `Rule` against `*`. */
function ofRules(resource: unknown): Pick<Statement, 'Resource'> {
  if (resource === undefined) return {}
  const resources = [resource].flat()
  const judged = resources.flatMap((one) => {
    const rule = typeof one === 'string' ? /^(arn:[^:]+:events:[^:]*:[^:]*:rule\/)([^/]+)$/.exec(one) : null
    return rule === null ? [one] : [one, `${rule[1]}default/${rule[2]}`, '*']
  })
  return { Resource: judged.length === resources.length ? resource : judged }
}

/** AWS says `aws:PrincipalArn` of a session as its role's ARN, MiniStack as the session's own: who names the role names both. */
function withSessions(roles: readonly string[]): readonly string[] {
  return roles.flatMap((role) => [
    role,
    role.replace(/^arn:(.+?):iam::(\d+):role\/(?:.+\/)?(.+)$/, 'arn:$1:sts::$2:assumed-role/$3/*'),
  ])
}
