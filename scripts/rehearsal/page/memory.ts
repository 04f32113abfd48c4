// What the deliveries table remembers, as the page tells it: records of deliveries, and windows with what they counted.
import type { Item } from '../windows.ts'

export interface Memory {
  readonly deliveries: number
  readonly windows: readonly Remembered[]
}

export interface Remembered {
  readonly name: string
  readonly closes: number
  readonly counted: number
}

export const nothingKept: Memory = { deliveries: 0, windows: [] }

/** The layout is that of handlers/notifier/windows.ts. */
export function memoryOf(items: readonly Item[]): Memory {
  const pending = items.filter(({ alert }) => alert?.S === '#windows').flatMap((item) => item.pending?.SS ?? [])
  const windows = pending.map((written) => JSON.parse(written) as Written)
  return {
    deliveries: items.filter(({ route }) => route !== undefined).length,
    windows: windows.map(({ name, opened, opener, closes }) => {
      const key = `#counts #digest of ${name} ${new Date(opened).toISOString()} ${opener}`
      return { name, closes, counted: items.filter(({ alert }) => alert?.S === key).length }
    }),
  }
}

interface Written {
  readonly name: string
  readonly opened: number
  readonly opener: string
  readonly closes: number
}
