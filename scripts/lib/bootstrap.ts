// The bootstrap's own stack in the home Region: what it holds, whether it differs, and bringing it up to date.
import {
  CreateStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation'
import { GetOpenIDConnectProviderCommand } from '@aws-sdk/client-iam'
import type { Settings } from '../../templates-src/config/schema.ts'
import { githubIssuer } from '../../templates-src/parts/bootstrap-github.ts'
import { aws, ifThere } from './aws.ts'
import { explaining } from './aws-failure.ts'
import { CommandError, type Notes } from './command.ts'
import type { Problem } from './problem.ts'
import { failedResource } from './stackset/stack.ts'
import { growingPauses, limitMs } from './stackset/wait.ts'

export interface BootstrapStack {
  readonly name: string
  readonly stackId: string
  readonly status: string
  /** The template it was made of. */
  readonly body: string
}

type Place = Pick<Settings, 'homeRegion' | 'name'>

/** Undefined when there is no such stack. */
export function bootstrapStack(settings: Place): Promise<BootstrapStack | undefined> {
  return explaining('cloudformation:DescribeStacks', () => readBootstrapStack(settings), `${settings.name}-bootstrap`)
}

/** The same with AWS's errors as they are, for whom it matters which one it is. */
export async function readBootstrapStack(settings: Place): Promise<BootstrapStack | undefined> {
  const stack = await described(settings)
  return stack && withBody(stack, settings)
}

async function described({ homeRegion, name }: Place): Promise<Omit<BootstrapStack, 'body'> | undefined> {
  const StackName = `${name}-bootstrap`
  const answer = await ifStackThere(aws.cloudFormation(homeRegion).send(new DescribeStacksCommand({ StackName })))
  const { StackId: stackId = StackName, StackStatus: status = '' } = answer?.Stacks?.[0] ?? {}
  return status === '' || status === 'DELETE_COMPLETE' ? undefined : { name: StackName, stackId, status }
}

/** Undefined when it has gone since it was described. */
async function withBody(
  stack: Omit<BootstrapStack, 'body'>,
  { homeRegion }: Place,
): Promise<BootstrapStack | undefined> {
  const cloudFormation = aws.cloudFormation(homeRegion)
  const template = await ifStackThere(cloudFormation.send(new GetTemplateCommand({ StackName: stack.name })))
  return template && { ...stack, body: template.TemplateBody ?? '' }
}

/** CloudFormation has no code of its own for a stack that is not there: it says ValidationError, and this. */
async function ifStackThere<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return undefined
    throw error
  }
}

/** An account can trust GitHub once: whose is the provider? */
export async function providerProblems(
  { account, github, homeRegion }: Settings,
  stack: BootstrapStack | undefined,
): Promise<readonly Problem[]> {
  if (github === undefined) return []
  const arn = `arn:aws:iam::${account}:oidc-provider/${githubIssuer}`
  const found = await explaining('iam:GetOpenIDConnectProvider', () =>
    ifThere(
      aws.iam(homeRegion).send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })),
      'NoSuchEntityException',
    ),
  )
  const isOurs = stack?.body.includes('GitHubOidcProvider') === true
  if (github.oidcProvider === 'create' && found !== undefined && !isOurs) {
    return [
      {
        what: `the account already has an OIDC provider ${githubIssuer}`,
        hint: 'put oidcProvider: reuse below github in root-guard.yaml, npm run generate',
      },
    ]
  }
  if (github.oidcProvider === 'reuse' && (found === undefined || isOurs)) {
    return [
      {
        what: `oidcProvider: reuse, but the account has no OIDC provider ${githubIssuer} of somebody else's`,
        hint: 'put oidcProvider: create below github in root-guard.yaml, npm run generate',
      },
    ]
  }
  return []
}

/** Creates or updates the stack and waits. Throws a CommandError with the resource and AWS's reason when it fails. */
export async function writeBootstrap(
  { homeRegion, name }: Settings,
  body: string,
  stack: BootstrapStack | undefined,
  notes: Notes,
): Promise<void> {
  const request = {
    StackName: `${name}-bootstrap`,
    TemplateBody: body,
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
  }
  const cloudFormation = aws.cloudFormation(homeRegion)
  if (stack === undefined) {
    await explaining('cloudformation:CreateStack', () =>
      cloudFormation.send(new CreateStackCommand({ ...request, EnableTerminationProtection: true })),
    )
  } else {
    await explaining('cloudformation:UpdateStack', () => cloudFormation.send(new UpdateStackCommand(request)))
  }
  const written = await settledBootstrapStack({ homeRegion, name }, notes)
  await usable(written, homeRegion)
  if (written === undefined || !/^(CREATE|UPDATE)_COMPLETE$/.test(written.status)) {
    throw new CommandError(
      `${request.StackName}: the stack is ${written?.status ?? 'gone'}${await why(request.StackName, homeRegion)}`,
      'mend the cause, then run npm run bootstrap again',
    )
  }
}

/**
 * - `going`: something works on it
 * - `ready`: it holds the template that GetTemplate answers, and takes an update
 * - `half-made`: its creation or deletion failed, or was never begun; CloudFormation can only delete such a stack
 * - `stuck`: an update failed, and so did going back from it
 */
export type BootstrapVerdict = 'going' | 'ready' | 'half-made' | 'stuck'

/** Pure. A status that is new to us is neither waited for nor written to. */
export function bootstrapVerdict(status: string): BootstrapVerdict {
  // A change set that nobody carried out: such a stack stays so for ever.
  if (status === 'REVIEW_IN_PROGRESS') return 'half-made'
  if (status.endsWith('_IN_PROGRESS')) return 'going'
  if (/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status)) return 'ready'
  return /^(CREATE_FAILED|ROLLBACK_COMPLETE|ROLLBACK_FAILED|DELETE_FAILED)$/.test(status) ? 'half-made' : 'stuck'
}

/** The stack when nothing works on it any more, whoever began; undefined when there is none. */
export async function settledBootstrapStack(settings: Place, { note }: Notes): Promise<BootstrapStack | undefined> {
  let said = ''
  for await (const waited of growingPauses(limitMs())) {
    const stack = await explaining(
      'cloudformation:DescribeStacks',
      () => described(settings),
      `${settings.name}-bootstrap`,
    )
    if (stack === undefined) return undefined
    if (stack.status !== said) note(`${stack.name}: ${Math.round(waited / 1000)} s ${stack.status}`)
    said = stack.status
    if (bootstrapVerdict(stack.status) === 'going') continue
    return explaining('cloudformation:GetTemplate', () => withBody(stack, settings), stack.name)
  }
  throw new CommandError(
    `${settings.name}-bootstrap: the stack is still ${said} after ${Math.round(limitMs() / 60_000)} minutes`,
    'look at its events in the CloudFormation console; running the command again goes on waiting',
  )
}

/** Throws a CommandError with the way out where the stack takes no update: its template says nothing about it then. */
export async function usable(stack: BootstrapStack | undefined, region: string): Promise<void> {
  if (stack === undefined) return
  const verdict = bootstrapVerdict(stack.status)
  if (verdict === 'ready') return
  const at = `--region ${region} --stack-name ${stack.name}`
  const hints = {
    going: 'wait for it, then run npm run bootstrap again',
    'half-made': `mend the cause, delete what is left (aws cloudformation update-termination-protection --no-enable-termination-protection ${at}; aws cloudformation delete-stack ${at}), then run npm run bootstrap again`,
    stuck: `mend what it could not roll back, then: aws cloudformation ${stack.status === 'UPDATE_ROLLBACK_FAILED' ? 'continue-update-rollback' : 'rollback-stack'} ${at}; then run npm run bootstrap again`,
  } as const
  throw new CommandError(`${stack.name}: the stack is ${stack.status}${await why(stack.name, region)}`, hints[verdict])
}

async function why(stack: string, region: string): Promise<string> {
  const resource = await failedResource(region, stack)
  return resource === undefined ? '' : `: ${resource.logicalId} (${resource.type}): ${resource.reason}`
}
