// The policies of the templates as MiniStack 1.5.33 can judge callers by them: with AUTH=true it does, but of a request it knows less
// than AWS. What a policy asks beyond that is left out here, or nobody would be let in; test/iam holds it by a simulator that knows it.

interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

/** The resource, with policies that ask for nothing that MiniStack does not know. */
export function judgeable<R extends Resource>(resource: R): R {
  const told = JSON.stringify(resource)
  if (resource.Type === 'AWS::IAM::Role') {
    return JSON.parse(told, (key, value) => {
      if (key === 'Condition') return knownConditions(value as Conditions)
      return key === 'Resource' ? withoutRules(value) : value
    }) as R
  }
  if (resource.Type === 'AWS::ApiGateway::RestApi') {
    return JSON.parse(told, (key, value) => (key === 'aws:PrincipalArn' ? withSessions(value as string[]) : value)) as R
  }
  return resource
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** For whom a service assumes a role, in which function a role's session works, and whose event is put. */
const unknown = ['aws:SourceAccount', 'aws:SourceArn', 'lambda:SourceFunctionArn', 'events:source']

/** Undefined, and so left out of its statement, when nothing is asked any more. */
function knownConditions(conditions: Conditions): Conditions | undefined {
  const known = Object.entries(conditions).flatMap(([operator, keys]) => {
    const left = Object.entries(keys).filter(([key]) => !unknown.includes(key))
    return left.length === 0 ? [] : [[operator, Object.fromEntries(left)] as const]
  })
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

/** What is called on a rule of EventBridge is held against `*`. */
function withoutRules(resource: unknown): unknown {
  return JSON.stringify(resource).includes(':rule/') ? '*' : resource
}

/** AWS says `aws:PrincipalArn` of a session as its role's ARN, MiniStack as the session's own: who names the role names both. */
function withSessions(roles: readonly string[]): readonly string[] {
  return roles.flatMap((role) => [
    role,
    `${role.replace(/^arn:aws:iam::(\d+):role\//, 'arn:aws:sts::$1:assumed-role/')}/*`,
  ])
}
