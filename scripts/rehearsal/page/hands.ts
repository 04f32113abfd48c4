// What the page does on the stage by AWS's SDK. Loading it takes longer than drawing the page, so the page has these hands only once
// the stage stands, and what is fired before waits for them.
import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge'
import { emulatedAws } from '../aws.ts'
import { type Event, type News, putEvent, tick } from '../event-bridge.ts'
import { apiId, freshFunction, type Stage } from '../stage.ts'
import { forget, putBack, remembered } from '../windows.ts'
import { type Memory, memoryOf } from './memory.ts'

export interface Hands {
  /** By the way that can be broken. */
  readonly put: (event: Event, tell: (news: News) => void) => Promise<unknown>
  /** The id of the guard's API, which records of its changes name. */
  readonly api: () => Promise<string>
  /** The function remembers nothing after it. */
  readonly fresh: () => Promise<void>
  /** The table remembers nothing after it. */
  readonly forget: () => Promise<void>
  readonly putBack: (ms: number) => Promise<void>
  readonly tick: () => ReturnType<typeof tick>
  readonly memory: () => Promise<Memory>
  /** Whether the pattern takes the event, says the emulator. */
  readonly takes: (pattern: string, event: Event) => Promise<boolean>
}

/** `faulty` is where the faults are: what EventBridge and the function do goes there, the stage's own hands reach around it. */
export function handsOf({ aws, settings, providers }: Stage, faulty: string): Hands {
  const bus = emulatedAws(faulty)
  const endpoints = { AWS_ENDPOINT_URL_DYNAMODB: faulty, AWS_ENDPOINT_URL_SSM: faulty }
  return {
    put: (event, tell) => putEvent(bus, event, { tell }),
    api: () => apiId(aws),
    fresh: () => freshFunction(aws, settings, providers, endpoints),
    forget: () => forget(aws, settings),
    putBack: (ms) => putBack(aws, settings, ms),
    tick: () => tick(aws),
    memory: async () => memoryOf(await remembered(aws, settings)),
    takes: async (pattern, event) => {
      const asked = new TestEventPatternCommand({ EventPattern: pattern, Event: JSON.stringify(event) })
      return (await aws.eventBridge.send(asked)).Result === true
    },
  }
}
