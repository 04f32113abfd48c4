// The function's door: API Gateway's requests, and the sweep that a rule asks for every minute.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { postAlert } from './alerts.ts'
import { getAlert } from './lookup.ts'
import type { SweepEvent } from './settings.ts'
import { sweep } from './sweep.ts'
import { type NotifierParts, world } from './world.ts'

export type ApiEvent = Pick<APIGatewayProxyEvent, 'body' | 'isBase64Encoded'> &
  Partial<Pick<APIGatewayProxyEvent, 'httpMethod' | 'pathParameters' | 'queryStringParameters'>>

export interface Notifier {
  (event: SweepEvent): Promise<Awaited<ReturnType<typeof sweep>>>
  (event: ApiEvent): Promise<APIGatewayProxyResult>
}

/** Never throws. */
export function notifier(parts: NotifierParts): Notifier {
  const here = world(parts)

  async function api(event: ApiEvent): Promise<APIGatewayProxyResult> {
    if ((event.httpMethod ?? 'POST') !== 'POST') {
      const { status, body } = await getAlert(here, idIn(event), event.queryStringParameters?.receipts === 'ask')
      return answer(status, body)
    }
    const { status, body } = await postAlert(here, bodyOf(event), event.pathParameters ? idIn(event) : undefined)
    return answer(status, body)
  }

  return ((event: SweepEvent | ApiEvent) => ('sweep' in event ? sweep(here) : api(event))) as Notifier
}

/** API Gateway hands path parameters over decoded; an id that still is encoded has a percent sign, which ids do not. */
function idIn({ pathParameters }: ApiEvent): string {
  const id = pathParameters?.id ?? ''
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

function bodyOf({ body, isBase64Encoded }: ApiEvent): string {
  return isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '')
}

function answer(statusCode: number, body: object): APIGatewayProxyResult {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
