// A deploy that is killed after one of its calls and run again, and what the account then has.
import {
  CloudFormationClient,
  DescribeStackSetCommand,
  ListStackInstancesCommand,
} from '@aws-sdk/client-cloudformation'
import * as assert from 'uvu/assert'
import type { Checkout } from '../checkout.ts'
import type { Ran } from '../child.ts'
import type { Fakecloud } from './fakecloud.ts'
import { clientConfig } from './what-fakecloud-leaves-out.ts'

export interface Resumed {
  readonly again: Ran
  readonly calls: readonly string[]
  readonly state: readonly string[]
}

/** Killed after the call of that number, from 1; never where it is infinite. */
export async function killThenRunAgain(aws: Fakecloud, repository: Checkout, number: number): Promise<Resumed> {
  aws.calls.length = 0
  const killed = repository.start('deploy')
  aws.afterCall = (_name, done) => {
    if (done === number) killed.kill()
  }
  const first = await killed.ended
  const calls = [...aws.calls]
  if (number !== Number.POSITIVE_INFINITY) assert.is(first.exitCode, null, `it was killed: ${first.stdout}`)
  aws.afterCall = () => {}
  const again = await repository.run('deploy')
  return { again, calls, state: await stackSets(aws) }
}

async function stackSets({ endpoint }: Fakecloud): Promise<readonly string[]> {
  const client = new CloudFormationClient(clientConfig(endpoint, 'ap-northeast-2'))
  const found = []
  for (const part of ['notifier', 'us-east-1', 'ap-northeast-2', 'relay']) {
    const StackSetName = `root-guard-${part}`
    const there = await client.send(new DescribeStackSetCommand({ StackSetName })).catch(() => undefined)
    if (there === undefined) continue
    const { Summaries = [] } = await client.send(new ListStackInstancesCommand({ StackSetName }))
    found.push(...Summaries.map(({ Region, Status }) => `${StackSetName} ${Region} ${Status}`))
  }
  return found
}

export async function twoAtATime<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all([worker(), worker()])
}
