// The notifier's one DynamoDB table, as the few calls that it needs. A key is a pair: `alert` (what an item belongs to)
// and `delivery` (which of its items it is). What lies in the items is the business of the files that use this one.
import * as v from 'valibot'
import type { AwsError, CallAws } from './aws.ts'

export type Attribute = { readonly S?: string; readonly N?: string; readonly SS?: readonly string[] }
export type Item = Readonly<Record<string, Attribute>>

/** Each throws an AwsError when the table cannot be asked. */
export interface Table {
  /** All items of the alert, of every page, or the first ones up to about `most`. */
  readonly query: (alert: string, most?: number) => Promise<readonly Item[]>
  readonly get: (alert: string, delivery: string) => Promise<Item | undefined>
  readonly put: (item: Item) => Promise<void>
  /** Answers whether the condition held; without one it always does. */
  readonly update: (alert: string, delivery: string, update: Update) => Promise<boolean>
}

export interface Update {
  readonly UpdateExpression: string
  readonly ConditionExpression?: string
  readonly ExpressionAttributeValues?: Item
}

/** `timeoutMs` is for one call. An answer is a matter of milliseconds; what takes longer is broken. */
export function table(callAws: CallAws, name: string, timeoutMs: number): Table {
  const call = (action: string, input: object) =>
    callAws({
      service: 'dynamodb',
      target: `DynamoDB_20120810.${action}`,
      input: { TableName: name, ...input },
      timeoutMs,
    })

  async function held(action: string, input: object): Promise<boolean> {
    try {
      await call(action, input)
      return true
    } catch (error) {
      if ((error as AwsError).type === 'ConditionalCheckFailedException') return false
      throw error
    }
  }

  return {
    query: async (alert, most = Number.POSITIVE_INFINITY) => {
      const items: Item[] = []
      let from: unknown
      do {
        const page = v.parse(
          queryAnswer,
          await call('Query', {
            ConsistentRead: true,
            KeyConditionExpression: 'alert = :alert',
            ExpressionAttributeValues: { ':alert': { S: alert } },
            ...(from === undefined ? {} : { ExclusiveStartKey: from }),
          }),
        )
        items.push(...(page.Items as Item[]))
        from = page.LastEvaluatedKey ?? undefined
      } while (from !== undefined && items.length < most)
      return items
    },
    get: async (alert, delivery) => {
      const answer = v.parse(getAnswer, await call('GetItem', { ConsistentRead: true, Key: keyOf(alert, delivery) }))
      return answer.Item as Item | undefined
    },
    put: async (item) => {
      await call('PutItem', { Item: item })
    },
    update: (alert, delivery, update) => held('UpdateItem', { Key: keyOf(alert, delivery), ...update }),
  }
}

function keyOf(alert: string, delivery: string): Item {
  return { alert: { S: alert }, delivery: { S: delivery } }
}

/** When DynamoDB may delete an item that was written then: people look back for a month. */
export function expires(now: number): Attribute {
  return { N: String(Math.floor(now / 1000) + 30 * 86_400) }
}

const queryAnswer = v.object({ Items: v.array(v.record(v.string(), v.any())), LastEvaluatedKey: v.nullish(v.any()) })
const getAnswer = v.object({ Item: v.nullish(v.record(v.string(), v.any())) })
