// What the notifier remembers, taken away or made older, so that scenes neither disturb each other nor take ten minutes.
import { type AttributeValue, DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import type { Settings } from '../../templates-src/config/schema.ts'
import type { EmulatedAws } from './aws.ts'

export type Item = Record<string, AttributeValue>

/** Empties the table: what an earlier scene was told would only be counted in the next one. */
export async function forget(aws: EmulatedAws, settings: Settings): Promise<void> {
  for (const item of await remembered(aws, settings)) await remove(aws, settings, item)
}

/**
 * Puts back every time that the table knows, as if all of it had happened that much earlier: a window that closes in ten
 * minutes has then closed. The notifier has no clock that could be put forward instead, and should have none.
 */
export async function putBack(aws: EmulatedAws, settings: Settings, ms: number): Promise<void> {
  for (const item of await remembered(aws, settings)) {
    const older = JSON.parse(olderText(JSON.stringify(item), ms)) as Item
    await remove(aws, settings, item)
    await aws.dynamoDb.send(new PutItemCommand({ TableName: tableOf(settings), Item: older }))
  }
}

/** Milliseconds since 1970 and ISO 8601 with milliseconds are the two ways in which the notifier writes a time down. */
export function olderText(text: string, ms: number): string {
  return text
    .replace(/(?<![\w-])1\d{12}(?![\w-])/g, (time) => String(Number(time) - ms))
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (time) => new Date(Date.parse(time) - ms).toISOString())
}

/** Everything in the table. */
export async function remembered({ dynamoDb }: EmulatedAws, settings: Settings): Promise<readonly Item[]> {
  const found: Item[] = []
  let next: Item | undefined
  do {
    const page = await dynamoDb.send(
      new ScanCommand({ TableName: tableOf(settings), ...(next === undefined ? {} : { ExclusiveStartKey: next }) }),
    )
    found.push(...(page.Items ?? []))
    next = page.LastEvaluatedKey
  } while (next !== undefined)
  return found
}

async function remove({ dynamoDb }: EmulatedAws, settings: Settings, { alert, delivery }: Item): Promise<void> {
  const Key = { alert, delivery } as Item
  await dynamoDb.send(new DeleteItemCommand({ TableName: tableOf(settings), Key }))
}

function tableOf({ name }: Settings): string {
  return `${name}-deliveries`
}
