// Is there a guard of another name, or one whose StackSets live in another home Region? Both settings look harmless to
// change, and a changed one would make a second guard that collides with the first.
import { DescribeStacksCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation'
import { alarmRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { aws, pages } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import type { Problem } from '../problem.ts'

/** Pure. `guards`: the names of the guards that have a stack in us-east-1; `hasStackSet`: ours is in the home Region. */
export function otherGuardProblems(
  { name, homeRegion }: Settings,
  guards: readonly string[],
  { hasStackSet }: { readonly hasStackSet: boolean },
): readonly Problem[] {
  const others = guards.filter((guard) => guard !== name)
  const elsewhere = guards.includes(name) && !hasStackSet
  return [
    ...others.map((guard) => ({
      what: `the account already has a guard named ${guard}, and root-guard.yaml says name: ${name}`,
      hint: `put name: ${guard} back, or remove that guard first: npm run destroy with its root-guard.yaml`,
    })),
    ...(elsewhere
      ? [
          {
            what: `${alarmRegion} has a stack of the guard ${name}, and homeRegion ${homeRegion} has no StackSet of it`,
            hint: 'put homeRegion back as it was when the guard was deployed, or npm run destroy there first, or delete that stack if its StackSet is gone',
          },
        ]
      : []),
  ]
}

/** Each guard has its function and its alarm in us-east-1, as stacks that their StackSets name after themselves. */
export async function guardsInAccount(): Promise<readonly string[]> {
  const cloudFormation = aws.cloudFormation(alarmRegion)
  return explaining('cloudformation:ListStacks', async () => {
    const stacks = await pages(
      (NextToken) => cloudFormation.send(new ListStacksCommand(NextToken ? { NextToken } : {})),
      ({ StackSummaries }) => StackSummaries,
      ({ NextToken }) => NextToken,
    )
    const candidates = stacks.filter(
      ({ StackName = '', StackStatus }) => StackStatus !== 'DELETE_COMPLETE' && guardStack.test(StackName),
    )
    const described = await Promise.all(
      candidates.map(async ({ StackName = '', TemplateDescription }) => ({
        StackName,
        description: TemplateDescription ?? (await descriptionOf(StackName)),
      })),
    )
    const guards = described
      .filter(({ description }) => description.startsWith('Root Guard'))
      .map(({ StackName }) => guardStack.exec(StackName)?.[1] ?? '')
    return [...new Set(guards)]
  })
}

const guardStack = new RegExp(`^StackSet-(.+)-(?:notifier|${alarmRegion})-[0-9a-f]{8}-[0-9a-f-]+$`)

async function descriptionOf(StackName: string): Promise<string> {
  const { Stacks } = await aws.cloudFormation(alarmRegion).send(new DescribeStacksCommand({ StackName }))
  return Stacks?.[0]?.Description ?? ''
}
