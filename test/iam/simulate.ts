// Asks the simulator of test/iam/package.json whether IAM would let a call through. It is installed apart:
// npm ci --prefix test/iam. What it evaluates is the template's own policies, with intrinsic functions filled in.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CommandError } from '../../scripts/lib/command.ts'
import { orEnd } from '../or-end.ts'

export const account = '111122223333'

export interface Call {
  /** An ARN, a service as events.amazonaws.com, or `anonymous`. */
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly context?: Readonly<Record<string, string | readonly string[]>>
}

export interface Policies {
  /** Of the principal. */
  readonly identity?: readonly object[]
  /** What the principal can do at most. */
  readonly boundary?: object
  /** Of the resource: a trust, topic, queue, bucket or API policy. */
  readonly resource?: object
}

/** Whether the call is allowed. Throws where the simulator finds the policy or the call itself wrong. */
export async function allows(call: Call, { identity = [], boundary, resource }: Policies): Promise<boolean> {
  const { runSimulation, anonymousPrincipal } = await orEnd(library)
  const anonymous = call.principal === 'anonymous'
  const result = await runSimulation(
    {
      request: {
        principal: anonymous ? anonymousPrincipal : call.principal,
        action: call.action,
        resource: { resource: call.resource, accountId: account },
        contextVariables: { 'aws:SecureTransport': 'true', ...call.context },
      },
      identityPolicies: identity.map((policy, index) => ({ name: `policy${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(boundary === undefined ? {} : { permissionBoundaryPolicies: [{ name: 'boundary', policy: boundary }] }),
      ...(resource === undefined ? {} : { resourcePolicy: resource }),
    },
    {},
  )
  if (result.resultType === 'error') throw new Error(`${JSON.stringify(call)}: ${JSON.stringify(result.errors)}`)
  return result.overallResult === 'Allowed'
}

interface Library {
  readonly runSimulation: (simulation: object, options: object) => Promise<Result>
  readonly anonymousPrincipal: object
}

interface Result {
  readonly resultType: 'error' | 'single' | 'wildcard'
  readonly overallResult?: string
  readonly errors?: unknown
}

const folder = fileURLToPath(new URL('node_modules/@cloud-copilot/iam-simulate', import.meta.url))

async function library(): Promise<Library> {
  if (!existsSync(folder)) {
    throw new CommandError('the IAM simulator is not there', 'npm ci --ignore-scripts --prefix test/iam', 2)
  }
  // Not by its name in an import: types are checked without it.
  const name: string = '@cloud-copilot/iam-simulate'
  return (await import(name)) as Library
}
