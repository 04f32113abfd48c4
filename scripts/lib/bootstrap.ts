// The bootstrap's own stack in the home Region: what it holds, whether it differs, and bringing it up to date.

import { setTimeout as pause } from 'node:timers/promises'
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

export interface BootstrapStack {
  readonly name: string
  readonly status: string
  /** The template it was made of. */
  readonly body: string
}

/** Undefined when there is no such stack. */
export async function bootstrapStack({ homeRegion, name }: Settings): Promise<BootstrapStack | undefined> {
  const StackName = `${name}-bootstrap`
  const cloudFormation = aws.cloudFormation(homeRegion)
  try {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }))
    const status = Stacks?.[0]?.StackStatus ?? ''
    if (status === '' || status === 'DELETE_COMPLETE') return undefined
    const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName }))
    return { name: StackName, status, body: TemplateBody }
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return undefined
    return explaining('cloudformation:DescribeStacks', () => Promise.reject(error), StackName)
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
  const status = await ended(homeRegion, request.StackName, notes)
  if (/^(CREATE|UPDATE)_COMPLETE$/.test(status)) return
  const resource = await failedResource(homeRegion, request.StackName)
  const why = resource === undefined ? '' : `: ${resource.logicalId} (${resource.type}): ${resource.reason}`
  throw new CommandError(
    `${request.StackName}: the stack is ${status}${why}`,
    stack === undefined
      ? `mend the cause, delete what is left (aws cloudformation delete-stack --region ${homeRegion} --stack-name ${request.StackName}), then run npm run bootstrap again`
      : 'mend the cause, then run npm run bootstrap again',
  )
}

const pauseMs = 2_000
const mostPauses = 450

async function ended(region: string, StackName: string, { note }: Notes): Promise<string> {
  let said = ''
  for (let times = 0; times < mostPauses; times++) {
    const { Stacks } = await explaining('cloudformation:DescribeStacks', () =>
      aws.cloudFormation(region).send(new DescribeStacksCommand({ StackName })),
    )
    const status = Stacks?.[0]?.StackStatus ?? ''
    if (status !== said) note(`${StackName}: ${(times * pauseMs) / 1000} s ${status}`)
    said = status
    if (!status.endsWith('_IN_PROGRESS')) return status
    await pause(pauseMs)
  }
  return said
}
