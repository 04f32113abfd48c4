// How many drills a day are carried out. Whoever may put events may put drills, and each rings every phone: a flood of them
// would hide what is real and use up what Telegram and the SMS bill allow. Checks, which ring none, have a count of their own.
import type { DrillWish } from './drill-wish.ts'
import { expires, type Table } from './table.ts'

const drillsADay = 30

/** Takes one of the day's drills; false when none is left. Throws when the table cannot be asked. */
export function takeDrill(table: Table, { check }: DrillWish, day: string, now: number): Promise<boolean> {
  return table.update('#drills', check ? `${day} check` : day, {
    UpdateExpression: 'ADD taken :one SET expires = :expires',
    ConditionExpression: 'attribute_not_exists(taken) OR taken < :most',
    ExpressionAttributeValues: { ':one': { N: '1' }, ':most': { N: String(drillsADay) }, ':expires': expires(now) },
  })
}
