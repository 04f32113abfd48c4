// The policies of the templates as MiniStack 1.5.33 can judge callers by them: with AUTH=true it does, but of a request it knows less
// than AWS. What they ask beyond that is left out here, or nobody would be let in; test/iam holds it by a simulator that knows it,
// and test/stage/judged.test.ts shows that MiniStack does not.

interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

/** The resource, with policies that ask for nothing that MiniStack does not know. */
export function judgeable<R extends Resource>(resource: R): R {
  const written = JSON.stringify(resource)
  if (resource.Type === 'AWS::IAM::Role') {
    return JSON.parse(written, (key, value) => {
      if (key === 'Resource') return withBusOfRules(value)
      return isStatement(value) ? askingTheKnown(value) : value
    }) as R
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
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && 'Effect' in value
}

/** For whom a service assumes a role, in which function a role's session works, and whose event is put. */
export const unknownKeys = ['aws:SourceAccount', 'aws:SourceArn', 'lambda:SourceFunctionArn', 'events:source']

/** Without a condition when nothing is asked any more. */
function askingTheKnown<S extends Statement>({ Condition = {}, ...statement }: S): object {
  const known = Object.entries(Condition).flatMap(([operator, keys]) => {
    const left = Object.entries(keys).filter(([key]) => !unknownKeys.includes(key))
    // What a Deny asks makes it narrower: left out, it would deny everybody.
    if (statement.Effect === 'Deny' && left.length < Object.keys(keys).length) {
      throw new Error(`a Deny asks what MiniStack does not know: ${JSON.stringify(keys)}`)
    }
    return left.length === 0 ? [] : [[operator, Object.fromEntries(left)] as const]
  })
  return known.length === 0 ? statement : { ...statement, Condition: Object.fromEntries(known) }
}

/** A call that says `Name` is held against the rule's ARN with its bus in it, one that says `Rule` against `*`. */
function withBusOfRules(resource: unknown): unknown {
  const resources = [resource].flat()
  const judged = resources.flatMap((one) => {
    const rule = typeof one === 'string' ? /^(arn:[^:]+:events:[^:]*:[^:]*:rule\/)([^/]+)$/.exec(one) : null
    return rule === null ? [one] : [one, `${rule[1]}default/${rule[2]}`, '*']
  })
  return judged.length === resources.length ? resource : judged
}

/** AWS says `aws:PrincipalArn` of a session as its role's ARN, MiniStack as the session's own: who names the role names both. */
function withSessions(roles: readonly string[]): readonly string[] {
  return roles.flatMap((role) => [
    role,
    role.replace(/^arn:(.+?):iam::(\d+):role\/(?:.+\/)?(.+)$/, 'arn:$1:sts::$2:assumed-role/$3/*'),
  ])
}
